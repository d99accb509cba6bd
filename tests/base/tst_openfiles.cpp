#include "base/OpenFiles.h"

#include "support/TestProgram.h"

#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/resource.h>

#include <fcntl.h>
#include <unistd.h>
#endif

#include <vector>

using namespace sockeye;

/// What is left of the files that a process may open, and who is told that there are none.
class OpenFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
#ifdef Q_OS_UNIX
    void init()
    {
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &m_before), 0);
        setLimit(256);
    }

    void cleanup()
    {
        for (const int file : m_files)
            close(file);
        m_files.clear();
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &m_before), 0);
    }

    void raisesTheSoftLimitAsFarAsTheHardOne()
    {
        openfiles::raiseLimit(300);
        QCOMPARE(limitNow(), 300U);
        openfiles::raiseLimit(200);
        QCOMPARE(limitNow(), 300U);
        openfiles::raiseLimit(~quint64(0));
        QCOMPARE(limitNow(), quint64(m_before.rlim_max));
    }

    void countsWhatIsLeft()
    {
        const quint64 left = openfiles::left().value();
        QVERIFY(left < 256);
        open(10);
        QCOMPARE(openfiles::left().value(), left - 10);
    }

    void refusesInWords()
    {
        QVERIFY(openfiles::checkRoom(10).ok());
        open(static_cast<int>(openfiles::left().value()) - 35);
        QVERIFY(openfiles::checkRoom(1).ok());
        const Result<> refused = openfiles::checkRoom(10);
        QVERIFY(!refused.ok());
        QVERIFY2(refused.message().contains(u"256"), qPrintable(refused.message()));
        QVERIFY2(refused.message().contains(u"Close a tab"), qPrintable(refused.message()));
        QVERIFY2(refused.message().contains(u"ulimit -n"), qPrintable(refused.message()));
    }

    void refusesWithNothingLeftToLookWith()
    {
        while (openOne()) {
        }
        QCOMPARE(openfiles::left().value(), 0U);
        QVERIFY(!openfiles::checkRoom(0).ok());
        QVERIFY(openfiles::isNearLimit(0, 1));
    }

    /// What is given away is opened later, and is gone all the same.
    void countsSharesThatAreNotOpenYet()
    {
        std::vector<OpenFilesShare> shares;
        for (;;) {
            Result<OpenFilesShare> share = OpenFilesShare::take(20);
            if (!share)
                break;
            shares.push_back(std::move(share).value());
            QVERIFY(shares.size() < 13);
        }
        QVERIFY(shares.size() > 5);
        QVERIFY(!openfiles::checkRoom(20).ok());
        // Opened now, they do not count twice.
        open(static_cast<int>(shares.size()) * 20);
        QVERIFY(!openfiles::checkRoom(20).ok());
        QVERIFY(openfiles::checkRoom(0).ok());
        cleanupFiles();
        shares.pop_back();
        QVERIFY(OpenFilesShare::take(20).ok());
        shares.clear();
        QVERIFY(openfiles::checkRoom(100).ok());
    }

private:
    static void setLimit(rlim_t files)
    {
        rlimit limit{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
        limit.rlim_cur = files;
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
    }

    static quint64 limitNow()
    {
        rlimit limit{};
        return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
    }

    bool openOne()
    {
        const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (file >= 0)
            m_files.push_back(file);
        return file >= 0;
    }

    void open(int count)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(openOne());
    }

    void cleanupFiles()
    {
        for (const int file : m_files)
            close(file);
        m_files.clear();
    }

    rlimit m_before{};
    std::vector<int> m_files;
#else
    void hasAlwaysRoom()
    {
        QVERIFY(!openfiles::left());
        QVERIFY(openfiles::checkRoom(1'000'000).ok());
    }
#endif
};

SOCKEYE_TEST(OpenFilesTest, QCoreApplication)
#include "tst_openfiles.moc"
