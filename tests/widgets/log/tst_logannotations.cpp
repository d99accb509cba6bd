#include "reading/Annotations.h"
#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/TabBench.h"
#include "widgets/log/LogGutter.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHelpEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolTip>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Bookmarks, colours and notes, from the click to the file and back.
class TestLogAnnotations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init();
    void cleanup() { m_bench.reset(); }

    void bookmarksOfSeveralEntries();
    void coloursAreNamedAndDrawn();
    void aNoteIsWrittenAndShown();
    void theyStandInTheFileAndComeBack();
    void aFileIsAnnotatedToo();
    void tooManyAreNotAnnotated();
    void theGutterTellsInWords();

private:
    [[nodiscard]] DocumentTab *tab() const { return m_bench->shown(); }
    [[nodiscard]] LogView *view() const { return tab()->view()->logView(); }
    void writeNote(const QString &text) const;
    [[nodiscard]] QImage gutterOf(int row) const;
    [[nodiscard]] static AnnotationMap inFile(const QString &path);

    std::unique_ptr<TabBench> m_bench;
};

void TestLogAnnotations::init()
{
    m_bench = std::make_unique<TabBench>();
    QVERIFY(QTest::qWaitForWindowActive(tab()));
    QVERIFY(m_bench->connectToEcho());
    QVERIFY(m_bench->say(u"one"_s));
    QVERIFY(m_bench->say(u"two"_s));
}

void TestLogAnnotations::writeNote(const QString &text) const
{
    tab()->view()->logCommands()->editNote();
    auto *dialog = view()->findChild<QDialog *>();
    QVERIFY(dialog);
    auto *edit = dialog->findChild<QPlainTextEdit *>();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!dialog->isVisible());
    delete dialog;
}

QImage TestLogAnnotations::gutterOf(int row) const
{
    const QRect cell = view()->visualRect(tab()->view()->model()->index(row, 0));
    return view()->viewport()->grab(QRect(0, cell.top(), LogGutter::Width, cell.height())).toImage();
}

AnnotationMap TestLogAnnotations::inFile(const QString &path)
{
    const auto reader = CaptureReader::open(path);
    const auto annotations = reader ? reader.value()->annotations() : Result<AnnotationMap>(reader.error());
    return annotations ? annotations.value() : AnnotationMap();
}

void TestLogAnnotations::bookmarksOfSeveralEntries()
{
    m_bench->click(0);
    m_bench->click(2, Qt::ControlModifier);
    const QImage before = gutterOf(2);
    QVERIFY(m_bench->choose(u"Bookmark"_s));
    QCOMPARE(tab()->view()->annotations()->all().keys(), (QList{EntryId(1), EntryId(3)}));
    QVERIFY(tab()->view()->annotations()->find(EntryId(3))->bookmarked);
    QVERIFY(gutterOf(2) != before);
    // One of two is: both become so. Both are: none.
    m_bench->click(2);
    m_bench->click(3, Qt::ShiftModifier);
    QVERIFY(m_bench->choose(u"Bookmark"_s));
    QVERIFY(tab()->view()->annotations()->find(EntryId(4))->bookmarked);
    QVERIFY(m_bench->choose(u"Remove bookmark"_s));
    QCOMPARE(tab()->view()->annotations()->all().keys(), QList{EntryId(1)});
    m_bench->click(0);
    m_bench->click(2, Qt::ControlModifier);
    QCOMPARE(gutterOf(2), before);
}

void TestLogAnnotations::coloursAreNamedAndDrawn()
{
    m_bench->click(3);
    QSet<QByteArray> shapes;
    for (const auto &name : {u"Red"_s, u"Orange"_s, u"Yellow"_s, u"Green"_s, u"Blue"_s, u"Purple"_s}) {
        QVERIFY2(m_bench->choose(name), qPrintable(name));
        // The bar's shape alone, without its colour.
        const QImage image = gutterOf(3);
        QByteArray shape;
        for (int y = 0; y < image.height(); ++y)
            shape += image.pixelColor(3, y) == image.pixelColor(8, 0) ? ' ' : '#';
        shapes.insert(shape);
    }
    QCOMPARE(shapes.size(), 6);
    QCOMPARE(tab()->view()->annotations()->find(EntryId(4))->colour, 6);
    QVERIFY(m_bench->choose(u"None"_s));
    QVERIFY(tab()->view()->annotations()->all().isEmpty());
}

void TestLogAnnotations::aNoteIsWrittenAndShown()
{
    m_bench->click(2);
    const QImage before = gutterOf(2);
    writeNote(u"ask the team "_s);
    QCOMPARE(tab()->view()->annotations()->find(EntryId(3))->note, u"ask the team"_s);
    QVERIFY(gutterOf(2) != before);
    QCOMPARE(tab()->view()->model()->index(2, 0).data(LogModel::NoteRole).toString(), u"ask the team"_s);
    // What was there is offered, and nothing left is nothing kept.
    tab()->view()->logCommands()->editNote();
    auto *dialog = view()->findChild<QDialog *>();
    QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(), u"ask the team"_s);
    delete dialog;
    writeNote({});
    QVERIFY(tab()->view()->annotations()->all().isEmpty());
    QCOMPARE(gutterOf(2), before);
}

void TestLogAnnotations::theyStandInTheFileAndComeBack()
{
    m_bench->click(2);
    QVERIFY(m_bench->choose(u"Bookmark"_s));
    QVERIFY(m_bench->choose(u"Blue"_s));
    writeNote(u"the first"_s);
    const Annotation wanted{true, 5, u"the first"_s};
    const QString path = tab()->capturePath();
    QVERIFY(m_bench->closeTab());
    QCOMPARE(inFile(path), (AnnotationMap{{EntryId(3), wanted}}));
    m_bench->openFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->annotations()->find(EntryId(3)), test::Patience);
    QCOMPARE(*tab()->view()->annotations()->find(EntryId(3)), wanted);
    QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model()->rowCount() > 3, test::Patience);
    QVERIFY(tab()->view()->model()->index(2, 0).data(LogModel::BookmarkedRole).toBool());
}

void TestLogAnnotations::aFileIsAnnotatedToo()
{
    const QString path = tab()->capturePath();
    QVERIFY(m_bench->closeTab());
    m_bench->openFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model()->rowCount() > 3, test::Patience);
    m_bench->click(1);
    QVERIFY(m_bench->choose(u"Bookmark"_s));
    QVERIFY(m_bench->choose(u"Green"_s));
    const AnnotationMap wanted{{EntryId(2), {true, 4, {}}}};
    QTRY_COMPARE_WITH_TIMEOUT(inFile(path), wanted, test::Patience);
}

void TestLogAnnotations::tooManyAreNotAnnotated()
{
    tab()->view()->model()->advanceTo(EntryId(1'000'000));
    view()->selectAll();
    QSignalSpy told(tab()->view()->logCommands(), &LogCommands::statusText);
    tab()->view()->logCommands()->toggleBookmark();
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.first().first().toString(), u"Select at most 10,000 entries to mark them."_s);
    QVERIFY(tab()->view()->annotations()->all().isEmpty());
}

void TestLogAnnotations::theGutterTellsInWords()
{
    QCOMPARE(annotationText(true, 5, u"a & b"_s), u"Bookmark · Blue · Note: a & b"_s);
    QCOMPARE(annotationText(false, 0, {}), QString());
    QVERIFY(annotationText(false, 0, QString(10'000, u'x')).size() < 500);
    tab()->view()->annotations()->set(EntryId(3), {true, 2, u"look here"_s});
    const QPoint at(8, view()->visualRect(tab()->view()->model()->index(2, 0)).center().y());
    QHelpEvent event(QEvent::ToolTip, at, view()->viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(view()->viewport(), &event);
    QCOMPARE(QToolTip::text(), u"Bookmark · Orange · Note: look here"_s);
}

SOCKEYE_TEST(TestLogAnnotations, QApplication)
#include "tst_logannotations.moc"
