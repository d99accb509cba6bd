#include "TestProgram.h"

#include <QFileInfo>

#include <cstdio>
#include <map>

namespace sockeye {

namespace {

// Filled before main(), in an order that nobody promises.
std::map<QByteArray, TestProgram::Main> &tests()
{
    static std::map<QByteArray, TestProgram::Main> all;
    return all;
}

int usage(const char *program)
{
    std::fprintf(stderr, "Usage: %s TEST [Qt Test's arguments]; the tests are:\n", program);
    for (const auto &[name, main] : tests())
        std::fprintf(stderr, "  %s\n", name.constData());
    return 2;
}

} // namespace

TestProgram::TestProgram(const char *file, Main main)
{
    const QByteArray name = QFileInfo(QFile::decodeName(file)).completeBaseName().toUtf8();
    Q_ASSERT(name.startsWith("tst_"));
    tests().emplace(name.mid(4), main);
}

} // namespace sockeye

int main(int argc, char **argv)
{
    const auto test = argc > 1 ? sockeye::tests().find(argv[1]) : sockeye::tests().end();
    if (test == sockeye::tests().end())
        return sockeye::usage(argv[0]);
    // Qt Test sees the arguments as if the program held this test alone.
    argv[1] = argv[0];
    return test->second(argc - 1, argv + 1);
}
