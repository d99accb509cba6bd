#include "reading/Annotations.h"

#include "reading/AnnotationFile.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <atomic>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestAnnotations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void readsWhatTheCaptureHas();
    void tellsAndWritesWhatChanges();
    void whatDoesNotChangeIsNotWritten();
    void bookmarksAllOrNone();
    void keepsTheRestOfAnAnnotation();
    void goesFromOneToTheNext();
    void whatIsDoneEarlyIsKept();
    void aLiveCaptureKeepsThem();
    void aClosedFileKeepsThem();
    void aFileWritesInOrder();
    void aFileThatCannotBeWrittenSaysSo();
    void nothingIsWrittenIntoAnotherCapture_data();
    void nothingIsWrittenIntoAnotherCapture();
    void whatCannotBeKeptIsTakenBack();
    void whatWasChangedSinceIsNotTakenBack();
    void whatAWriterLostIsWrittenAgain();

private:
    void open();
    AnnotationMap inFile() const;

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<Annotations> m_annotations;
    QList<AnnotationMap> m_written;
};

void TestAnnotations::init()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(100);
    m_written.clear();
}

void TestAnnotations::cleanup()
{
    m_annotations.reset();
    m_loader.reset();
    m_log.reset();
}

void TestAnnotations::open()
{
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_annotations =
        std::make_unique<Annotations>(*m_loader, [this](const AnnotationMap &changed) { m_written.append(changed); });
    QTRY_VERIFY(m_annotations->isLoaded());
}

AnnotationMap TestAnnotations::inFile() const
{
    const auto capture = CaptureReader::open(m_log->path());
    return capture.value()->annotations().value();
}

void TestAnnotations::readsWhatTheCaptureHas()
{
    const AnnotationMap kept{{EntryId(3), {true, 0, {}}}, {EntryId(70), {false, 2, u"why?"_s}}};
    m_log->writer().annotate(kept);
    m_log->writer().flush();
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_annotations = std::make_unique<Annotations>(*m_loader, [](const AnnotationMap &) {});
    QSignalSpy changed(m_annotations.get(), &Annotations::changed);
    QSignalSpy edited(m_annotations.get(), &Annotations::edited);
    QSignalSpy loaded(m_annotations.get(), &Annotations::loaded);
    QVERIFY(!m_annotations->isLoaded());
    QVERIFY(loaded.wait());
    QCOMPARE(m_annotations->all(), kept);
    QCOMPARE(m_annotations->find(EntryId(70))->note, u"why?"_s);
    QVERIFY(!m_annotations->find(EntryId(4)));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).value<EntryId>(), EntryId(3));
    QCOMPARE(changed.first().at(1).value<EntryId>(), EntryId(70));
    QVERIFY(edited.isEmpty());
}

void TestAnnotations::tellsAndWritesWhatChanges()
{
    open();
    QSignalSpy changed(m_annotations.get(), &Annotations::changed);
    QSignalSpy edited(m_annotations.get(), &Annotations::edited);
    m_annotations->setNote({EntryId(9), EntryId(5)}, u"look"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).value<EntryId>(), EntryId(5));
    QCOMPARE(changed.first().at(1).value<EntryId>(), EntryId(9));
    QCOMPARE(edited.first().first().value<QList<EntryId>>(), (QList{EntryId(5), EntryId(9)}));
    m_annotations->set(EntryId(5), {});
    QCOMPARE(m_annotations->all(), (AnnotationMap{{EntryId(9), {false, 0, u"look"_s}}}));
    QCOMPARE(m_written.size(), 2);
    QCOMPARE(m_written.at(0).size(), 2);
    // An empty one says that it is to be removed.
    QCOMPARE(m_written.at(1), (AnnotationMap{{EntryId(5), {}}}));
}

void TestAnnotations::whatDoesNotChangeIsNotWritten()
{
    open();
    m_annotations->setColour({EntryId(5)}, 3);
    QSignalSpy changed(m_annotations.get(), &Annotations::changed);
    m_annotations->setColour({EntryId(5)}, 3);
    m_annotations->set(EntryId(6), {});
    m_annotations->setNote({}, u"nobody"_s);
    QVERIFY(changed.isEmpty());
    QCOMPARE(m_written.size(), 1);
    m_annotations->setColour({EntryId(5)}, 99);
    QCOMPARE(m_annotations->find(EntryId(5))->colour, Annotation::ColourCount);
}

void TestAnnotations::bookmarksAllOrNone()
{
    open();
    const QList ids{EntryId(1), EntryId(2), EntryId(3)};
    m_annotations->toggleBookmarks({EntryId(2)});
    m_annotations->toggleBookmarks(ids);
    for (const EntryId id : ids)
        QVERIFY(m_annotations->find(id)->bookmarked);
    m_annotations->toggleBookmarks(ids);
    QVERIFY(m_annotations->all().isEmpty());
}

void TestAnnotations::keepsTheRestOfAnAnnotation()
{
    open();
    m_annotations->set(EntryId(1), {true, 2, u"note"_s});
    m_annotations->setColour({EntryId(1)}, 4);
    m_annotations->setNote({EntryId(1)}, u"other"_s);
    QCOMPARE(*m_annotations->find(EntryId(1)), (Annotation{true, 4, u"other"_s}));
    m_annotations->toggleBookmarks({EntryId(1)});
    QCOMPARE(*m_annotations->find(EntryId(1)), (Annotation{false, 4, u"other"_s}));
}

void TestAnnotations::goesFromOneToTheNext()
{
    open();
    m_annotations->setColour({EntryId(10), EntryId(20)}, 1);
    QCOMPARE(m_annotations->next(EntryId(), true), EntryId(10));
    QCOMPARE(m_annotations->next(EntryId(10), true), EntryId(20));
    QCOMPARE(m_annotations->next(EntryId(20), true), EntryId());
    QCOMPARE(m_annotations->next(EntryId(21), false), EntryId(20));
    QCOMPARE(m_annotations->next(EntryId(20), false), EntryId(10));
    QCOMPARE(m_annotations->next(EntryId(10), false), EntryId());
}

void TestAnnotations::whatIsDoneEarlyIsKept()
{
    m_log->writer().annotate({{EntryId(3), {true, 0, {}}}, {EntryId(4), {true, 0, {}}}});
    m_log->writer().flush();
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_annotations =
        std::make_unique<Annotations>(*m_loader, [this](const AnnotationMap &changed) { m_written.append(changed); });
    m_annotations->setNote({EntryId(3), EntryId(5)}, u"early"_s);
    QCOMPARE(m_annotations->find(EntryId(3))->note, u"early"_s);
    QVERIFY(m_written.isEmpty());
    QTRY_VERIFY(m_annotations->isLoaded());
    const AnnotationMap wanted{{EntryId(3), {true, 0, u"early"_s}}, {EntryId(5), {false, 0, u"early"_s}}};
    QCOMPARE(m_written, QList{wanted});
    QCOMPARE(m_annotations->all().size(), 3);
}

void TestAnnotations::aLiveCaptureKeepsThem()
{
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_annotations = std::make_unique<Annotations>(
        *m_loader, [this](const AnnotationMap &changed) { m_log->writer().annotate(changed); });
    QTRY_VERIFY(m_annotations->isLoaded());
    std::atomic_int told = 0;
    connect(
        &m_log->writer(), &CaptureWriter::annotated, this, [&told] { ++told; }, Qt::DirectConnection);
    m_annotations->setNote({EntryId(7)}, u"live"_s);
    m_log->writer().flush();
    QTRY_COMPARE(told.load(), 1);
    QCOMPARE(inFile(), m_annotations->all());
}

void TestAnnotations::aClosedFileKeepsThem()
{
    QVERIFY(m_log->writer().finish());
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    auto file = std::make_unique<AnnotationFile>(m_log->path());
    m_annotations = std::make_unique<Annotations>(
        *m_loader, [to = file.get()](const AnnotationMap &changed) { to->write(changed); });
    QTRY_VERIFY(m_annotations->isLoaded());
    QSignalSpy written(file.get(), &AnnotationFile::written);
    m_annotations->toggleBookmarks({EntryId(9)});
    QTRY_COMPARE(written.count(), 1);
    QVERIFY(inFile().contains(EntryId(9)));
    m_annotations->toggleBookmarks({EntryId(7), EntryId(8)});
    m_annotations->setNote({EntryId(8)}, u"kept"_s);
    const AnnotationMap wanted = m_annotations->all();
    // Whoever closes the tab right after loses nothing.
    m_annotations.reset();
    file.reset();
    m_loader.reset();
    QThreadPool::globalInstance()->waitForDone();
    QCOMPARE(inFile(), wanted);
}

void TestAnnotations::aFileWritesInOrder()
{
    QVERIFY(m_log->writer().finish());
    AnnotationFile file(m_log->path());
    for (int n = 1; n <= 200; ++n)
        file.write({{EntryId(1), {false, 0, QString::number(n)}}, {EntryId(n % 100 + 1), {true, n % 7, {}}}});
    file.write({{EntryId(1), {false, 1, u"last"_s}}});
    QTRY_COMPARE(inFile().value(EntryId(1)).note, u"last"_s);
    QCOMPARE(inFile().size(), 100);
}

void TestAnnotations::aFileThatCannotBeWrittenSaysSo()
{
    QVERIFY(m_log->writer().finish());
    QVERIFY(QFile::remove(m_log->path()));
    AnnotationFile file(m_log->path());
    QSignalSpy failed(&file, &AnnotationFile::failed);
    file.write({{EntryId(1), {true, 0, {}}}});
    QTRY_VERIFY(!failed.isEmpty());
    QVERIFY(!failed.first().first().toString().isEmpty());
    QCOMPARE(failed.first().at(1).value<AnnotationMap>(), (AnnotationMap{{EntryId(1), {true, 0, {}}}}));
}

void TestAnnotations::nothingIsWrittenIntoAnotherCapture_data()
{
    QTest::addColumn<bool>("inPlace");
    QTest::newRow("put in its place") << false;
    QTest::newRow("written over it") << true;
}

/// Another program saves its capture under this one's name while it is open here.
void TestAnnotations::nothingIsWrittenIntoAnotherCapture()
{
    QFETCH(bool, inPlace);
    QVERIFY(m_log->writer().finish());
    const auto identity = CaptureIdentity::of(m_log->path());
    QVERIFY(identity.ok());
    AnnotationFile file(m_log->path());
    file.setIdentity(identity.value());
    QSignalSpy written(&file, &AnnotationFile::written);
    QSignalSpy failed(&file, &AnnotationFile::failed);
    file.write({{EntryId(1), {true, 0, {}}}});
    QTRY_COMPARE(written.count(), 1);

    SampleLog other;
    other.addMany(100);
    QVERIFY(other.writer().finish());
    QFile content(other.path());
    QVERIFY(content.open(QIODevice::ReadOnly));
    const QByteArray bytes = content.readAll();
    if (!inPlace)
        QVERIFY(QFile::remove(m_log->path()));
    QFile target(m_log->path());
    QVERIFY(target.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(target.write(bytes), bytes.size());
    target.close();

    file.write({{EntryId(2), {true, 0, {}}}});
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY2(failed.first().first().toString().contains(u"another capture has been saved over"_s),
             qPrintable(failed.first().first().toString()));
    QCOMPARE(failed.first().at(1).value<AnnotationMap>(), (AnnotationMap{{EntryId(2), {true, 0, {}}}}));
    QVERIFY(target.open(QIODevice::ReadOnly));
    QCOMPARE(target.readAll(), bytes);
    QVERIFY(inFile().isEmpty());
}

void TestAnnotations::whatCannotBeKeptIsTakenBack()
{
    const AnnotationMap kept{{EntryId(3), {true, 2, u"kept"_s}}};
    m_log->writer().annotate(kept);
    m_log->writer().flush();
    open();
    m_annotations->setNote({EntryId(3)}, u"lost"_s);
    m_annotations->toggleBookmarks({EntryId(50)});
    QSignalSpy changed(m_annotations.get(), &Annotations::changed);
    QSignalSpy edited(m_annotations.get(), &Annotations::edited);
    m_annotations->takeBack({{EntryId(3), {true, 2, u"lost"_s}}, {EntryId(50), {true, 0, {}}}});
    QVERIFY(changed.wait());
    QCOMPARE(m_annotations->all(), kept);
    QCOMPARE(changed.first().at(0).value<EntryId>(), EntryId(3));
    QCOMPARE(changed.first().at(1).value<EntryId>(), EntryId(50));
    // Who looks for entries with a note is told, too.
    QCOMPARE(edited.first().first().value<QList<EntryId>>(), (QList{EntryId(3), EntryId(50)}));
}

void TestAnnotations::whatWasChangedSinceIsNotTakenBack()
{
    open();
    m_annotations->setNote({EntryId(3)}, u"lost"_s);
    m_annotations->setColour({EntryId(4)}, 1);
    m_annotations->setNote({EntryId(3)}, u"newer"_s);
    QSignalSpy changed(m_annotations.get(), &Annotations::changed);
    m_annotations->takeBack({{EntryId(3), {false, 0, u"lost"_s}}, {EntryId(4), {false, 1, {}}}});
    QVERIFY(changed.wait());
    QCOMPARE(m_annotations->all(), (AnnotationMap{{EntryId(3), {false, 0, u"newer"_s}}}));
}

void TestAnnotations::whatAWriterLostIsWrittenAgain()
{
    m_log->writer().annotate({{EntryId(1), {true, 0, {}}}, {EntryId(2), {true, 0, {}}}});
    m_log->writer().flush();
    open();
    m_annotations->set(EntryId(1), {});
    m_annotations->setNote({EntryId(9)}, u"look"_s);
    m_written.clear();
    m_annotations->writeAgain();
    QTRY_COMPARE(m_written.size(), 1);
    QCOMPARE(m_written.first(), (AnnotationMap{{EntryId(1), {}}, {EntryId(9), {false, 0, u"look"_s}}}));
}

SOCKEYE_TEST(TestAnnotations, QCoreApplication)
#include "tst_annotations.moc"
