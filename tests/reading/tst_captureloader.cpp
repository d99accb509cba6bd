#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace sockeye;

class TestCaptureLoader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensInItsOwnThread();
    void answersInOrder();
    void whatIsAskedBeforeOpeningIsAnsweredAfter();
    void noAnswerForAContextThatIsGone();
    void failureIsTold();
};

void TestCaptureLoader::opensInItsOwnThread()
{
    SampleLog log;
    const EntryId last = log.addMany(10);
    CaptureLoader loader(log.path());
    QCOMPARE(loader.path(), log.path());
    QSignalSpy opened(&loader, &CaptureLoader::opened);
    QVERIFY(opened.wait());
    QCOMPARE(opened.first().first().value<EntryId>(), last);

    QThread *workThread = nullptr;
    QThread *doneThread = nullptr;
    loader.read(
        this, [](const CaptureReader &) { return QThread::currentThread(); },
        [&](QThread *thread) {
            workThread = thread;
            doneThread = QThread::currentThread();
        });
    QTRY_COMPARE(doneThread, QThread::currentThread());
    QVERIFY(workThread != doneThread);
}

void TestCaptureLoader::answersInOrder()
{
    SampleLog log;
    log.addMany(20);
    CaptureLoader loader(log.path());
    QList<qint64> answers;
    for (qint64 id = 1; id <= 20; ++id)
        loader.read(
            this, [id](const CaptureReader &capture) { return capture.entry(EntryId(id)); },
            [&answers](const Result<Entry> &entry) { answers.append(entry ? entry->id.value() : -1); });
    QTRY_COMPARE(answers.size(), 20);
    QVERIFY(std::is_sorted(answers.begin(), answers.end()));
    QCOMPARE(answers.first(), 1);
}

void TestCaptureLoader::whatIsAskedBeforeOpeningIsAnsweredAfter()
{
    SampleLog log;
    log.addMany(1);
    CaptureLoader loader(log.path());
    QSignalSpy opened(&loader, &CaptureLoader::opened);
    int openedBefore = -1;
    loader.read(
        this, [](const CaptureReader &) { return 0; }, [&](int) { openedBefore = int(opened.count()); });
    QTRY_COMPARE(openedBefore, 1);
}

void TestCaptureLoader::noAnswerForAContextThatIsGone()
{
    SampleLog log;
    log.addMany(1);
    CaptureLoader loader(log.path());
    bool answered = false;
    auto context = std::make_unique<QObject>();
    loader.read(
        context.get(), [](const CaptureReader &) { return 0; }, [&](int) { answered = true; });
    context.reset();
    bool later = false;
    loader.read(
        this, [](const CaptureReader &) { return 0; }, [&](int) { later = true; });
    QTRY_VERIFY(later);
    QVERIFY(!answered);
}

void TestCaptureLoader::failureIsTold()
{
    QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("notes.txt"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this is no capture at all, only words");
    file.close();

    CaptureLoader loader(path);
    QSignalSpy failed(&loader, &CaptureLoader::failed);
    QSignalSpy opened(&loader, &CaptureLoader::opened);
    bool answered = false;
    loader.read(
        this, [](const CaptureReader &) { return 0; }, [&](int) { answered = true; });
    QVERIFY(failed.wait());
    QVERIFY2(failed.first().first().toString().contains(QStringLiteral("notes.txt")),
             qPrintable(failed.first().first().toString()));
    QVERIFY(opened.isEmpty());
    QVERIFY(!answered);
}

SOCKEYE_TEST(TestCaptureLoader, QCoreApplication)
#include "tst_captureloader.moc"
