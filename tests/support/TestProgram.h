// Many test classes in one program: compiling and linking a program for each would cost more than all the tests.
#pragma once

#include <QCoreApplication>
#include <QTest>

#include <type_traits>

namespace sockeye {

// For a test class that must do without any application object.
struct NoApplication
{
    NoApplication(int & /*argc*/, char ** /*argv*/) {}
};

// A test class of the program, named as its file: tst_frame.cpp holds the test "frame". The program's first argument is
// such a name, those after it are Qt Test's. CTest runs each test in a process of its own.
class TestProgram final
{
public:
    using Main = int (*)(int, char **);

    TestProgram(const char *file, Main main);

    template<typename Test, typename Application>
    static int run(int argc, char **argv)
    {
        if constexpr (!std::is_same_v<Application, NoApplication>)
            Application::setAttribute(Qt::AA_Use96Dpi);
        const Application application(argc, argv);
        Test test;
        return QTest::qExec(&test, argc, argv);
    }
};

} // namespace sockeye

// Stands at the end of a test's file in place of QTEST_MAIN: the class, and QApplication, QCoreApplication or
// sockeye::NoApplication.
#define SOCKEYE_TEST(Test, Application)                                                                                \
    static const sockeye::TestProgram registered##Test(__FILE__, &sockeye::TestProgram::run<Test, Application>);
