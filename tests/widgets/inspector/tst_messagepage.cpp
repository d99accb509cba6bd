#include "InspectorBench.h"

#include "conversation/ConversationReader.h"
#include "document/EntryDetails.h"
#include "support/ExactTexts.h"
#include "support/TestProgram.h"
#include "widgets/controls/ExactText.h"
#include "widgets/hex/HexStyles.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/MessagePage.h"
#include "widgets/payload/ByteCompareView.h"
#include "widgets/payload/DecodedView.h"
#include "widgets/payload/FormatButton.h"
#include "widgets/payload/NodeModel.h"
#include "widgets/payload/NodeView.h"
#include "widgets/payload/PayloadPreparer.h"

#include <QApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolTip>

using namespace sockeye;
using namespace sockeye::test;

namespace {

/// How often a widget has been shown.
class ShownCounter final : public QObject
{
public:
    explicit ShownCounter(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::ShowToParent ? 1 : 0;
        return false;
    }
    int count = 0;
};

QToolButton *buttonWith(const Bench &bench, const QString &text)
{
    for (QToolButton *button : bench.inspector.findChildren<QToolButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

class TestMessagePage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void showsTextAsItIs();
    void showsJsonIndented();
    void breaksLongLinesUnseen();
    void copiesWhatIsBetweenTheEnds_data();
    void copiesWhatIsBetweenTheEnds();
    void showsTheBeginningOfALongText();
    void formatsAllOfALongText();
    void leavesALongTextThatIsNoJson();
    void formatsWhatNestsDeeplyInTheBackground();
    void showsATree();
    void decodesABinaryMessage();
    void aFormatIsChosenByHand();
    void formatsAreReplacedWhileShown();
    void comparesWithAnother();
    void comparesBytes();
    void comparesBytesOfLongMessages();
    void valuesHaveTheColoursOfTheirBytes();
    void aValueIsMarkedInAllSources();
    void theLatestThatCanBeReadBringsItUp();
    void findsInTheTree();
    void tellsWhereItIsBroken();
    void whatUnpacksToMuchIsNotDecodedAtOnce();
    void followsALongConversationInTheBackground();
    void savesAPayload();
    void tellsWhereAPayloadCannotBeSaved();
    void showsBinaryInHex();
    void showsCloseCodeAndReason();
    void showsAnEventsSentence();
    void showsFindingsWeightiestFirst();
};

void TestMessagePage::showsTextAsItIs()
{
    Bench bench;
    const QString text = QStringLiteral("line one\nline “two”\n");
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, text.toUtf8());
    bench.open();
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->toPlainText(), text);
    QCOMPARE(status.last().first().toString(), QStringLiteral("Entry %1, 24 B").arg(id.value()));
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Copy the text")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), text);
    bench.inspector.showEntry(EntryId());
    QCOMPARE(bench.words(), QStringLiteral("Choose an entry of the log to see it here."));
    QCOMPARE(status.last().first().toString(), QString());
}

void TestMessagePage::showsJsonIndented()
{
    Bench bench;
    const QByteArray json = R"({"op":"subscribe","list":[1,2]})";
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, json);
    const EntryId plain = bench.capture.add(bench.connection, EntryKind::Text, "no json");
    bench.open();
    bench.inspector.showEntry(id);
    const QString indented = QStringLiteral("{\n  \"op\": \"subscribe\",\n  \"list\": [\n    1,\n    2\n  ]\n}");
    QTRY_COMPARE(bench.text()->toPlainText(), indented);
    QVERIFY(buttonWith(bench, QStringLiteral("Wrap"))->isVisible());
    QTabBar *bar = bench.barWith(QStringLiteral("Formatted"));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
    QCOMPARE(bench.text()->toPlainText(), QString::fromUtf8(json));
    bench.inspector.showEntry(plain);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("no json"));
    QVERIFY(!bar->isTabEnabled(0));
    // The choice stays for the next entry.
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->toPlainText(), QString::fromUtf8(json));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(0).center());
    QCOMPARE(bench.text()->toPlainText(), indented);
}

void TestMessagePage::breaksLongLinesUnseen()
{
    Bench bench;
    const QByteArray line = QByteArray("0123456789").repeated(2000);
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, line + "\nlast");
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_VERIFY(bench.text()->toPlainText().endsWith(QStringLiteral("last")));
    QCOMPARE(bench.text()->blockCount(), 6);
    bench.text()->selectAll();
    bench.text()->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromLatin1(line + "\nlast"));
    QCOMPARE(bench.text()->wholeText(), QString::fromLatin1(line + "\nlast"));
}

void TestMessagePage::copiesWhatIsBetweenTheEnds_data()
{
    QTest::addColumn<QString>("text");
    for (const ExactSample &sample : exactSamples())
        QTest::newRow(sample.name) << sample.text;
}

/// Whole, and for many selections: what is copied before, in and behind a selection is together the payload.
void TestMessagePage::copiesWhatIsBetweenTheEnds()
{
    QFETCH(QString, text);
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, text.toUtf8());
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->wholeText(), text);
    bench.text()->setFocus();
    const auto copied = [&bench] {
        QTest::keyClick(bench.text(), Qt::Key_C, Qt::ControlModifier);
        return QGuiApplication::clipboard()->text();
    };
    const auto copiedBetween = [&](int from, int to) {
        if (from == to)
            return QString();
        QTextCursor cursor = bench.text()->textCursor();
        cursor.setPosition(from);
        cursor.setPosition(to, QTextCursor::KeepAnchor);
        bench.text()->setTextCursor(cursor);
        return copied();
    };
    QTRY_COMPARE((QTest::keyClick(bench.text(), Qt::Key_A, Qt::ControlModifier), copied()), text);
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Copy the text")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), text);
    // The document fills in slices.
    QTRY_COMPARE(bench.text()->blockCount(), PreparedText::from(text, false).lines.size());
    const int end = bench.text()->document()->characterCount() - 1;
    const bool isLong = end > 60;
    const int step = isLong ? 20'479 : 1;
    for (int from = 0; from < end; from += step) {
        // From the middle of a line to the middle of another, over a block's end where there is one.
        const int to = std::min(from + (isLong ? 5'000 : 5), end);
        QCOMPARE(copiedBetween(0, from) + copiedBetween(from, to) + copiedBetween(to, end), text);
    }
}

void TestMessagePage::showsTheBeginningOfALongText()
{
    Bench bench;
    const QByteArray text = QByteArray("a line of sixteen").repeated(100'000);
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, text);
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->wholeText().size(), 1024 * 1024);
    QVERIFY2(bench.words().contains(QStringLiteral("The first 1.0 MB of 1.7 MB are shown.")),
             qPrintable(bench.words()));
    // The document fills in slices: the window gets its turn in between.
    const qsizetype blocks = (1024 * 1024 + ExactText::MaxLine - 1) / ExactText::MaxLine;
    QTRY_COMPARE(bench.text()->blockCount(), blocks);
}

void TestMessagePage::formatsAllOfALongText()
{
    Bench bench;
    const QByteArray json = '[' + QByteArray("{\"number\":1234567890},").repeated(150'000) + "0]";
    QVERIFY(json.size() > 3'000'000);
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, json);
    const EntryId other = bench.capture.add(bench.connection, EntryKind::Text, "other");
    bench.open();
    auto *progress = bench.inspector.findChild<QProgressBar *>();
    QVERIFY(progress->isHidden());
    bench.inspector.showEntry(id);
    // First what was read of it, as it is.
    QTRY_COMPARE(bench.text()->wholeText(), QString::fromLatin1(json.first(EntryDetails::MaxText)));
    QVERIFY(!progress->isHidden());
    QTabBar *bar = bench.barWith(QStringLiteral("Formatted"));
    QTRY_VERIFY_WITH_TIMEOUT(bar->isTabEnabled(0), 60'000);
    QVERIFY(progress->isHidden());
    QCOMPARE(bar->currentIndex(), 0);
    QVERIFY(bench.text()->wholeText().endsWith(QStringLiteral("  },\n  0\n]")));
    QVERIFY2(!bench.words().contains(QStringLiteral("are shown")), qPrintable(bench.words()));
    bar->setCurrentIndex(1);
    QVERIFY(bench.words().contains(QStringLiteral("The first 1.0 MB of 3.3 MB are shown.")));
    bench.inspector.showEntry(other);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("other"));
    QVERIFY(!bar->isTabEnabled(0));
}

void TestMessagePage::leavesALongTextThatIsNoJson()
{
    Bench bench;
    const QByteArray text = "{ no json " + QByteArray(2'000'000, 'x');
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, text);
    bench.open();
    auto *progress = bench.inspector.findChild<QProgressBar *>();
    ShownCounter shown(progress);
    bench.inspector.showEntry(id);
    // It does not take long to see that it is none.
    QTRY_COMPARE(shown.count, 1);
    QTRY_VERIFY(progress->isHidden());
    QVERIFY(!bench.barWith(QStringLiteral("Formatted"))->isTabEnabled(0));
    QCOMPARE(bench.text()->wholeText().size(), EntryDetails::MaxText);
}

/// A few kilobytes that make a text of megabytes: they are not to hold the window up.
void TestMessagePage::formatsWhatNestsDeeplyInTheBackground()
{
    constexpr int Deep = 1000;
    const QByteArray json = QByteArray(Deep, '[') + QByteArray(Deep, ']');
    const auto atOnce = [](const QByteArray &text) {
        return PreparedPayload::from({text, true, Direction::In, {}}, true, *FormatSet::standard(),
                                     [](qsizetype) { return true; });
    };
    QVERIFY(atOnce(json).decoded);
    const auto short1 = PreparedPayload::atOnce({"[[[]]]", true, Direction::In, {}}, true, *FormatSet::standard());
    QVERIFY(short1 && short1->formatted);
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, json);
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->blockCount(), 2 * Deep - 1);
}

void TestMessagePage::showsATree()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, R"({"a":[1,{"b c":"x"}],"at":1764497553})");
    const EntryId plain = bench.capture.add(bench.connection, EntryKind::Text, "no json");
    bench.open();
    bench.inspector.showEntry(id);
    QTabBar *bar = bench.barWith(QStringLiteral("Formatted"));
    QTRY_VERIFY(bar->isTabEnabled(2));
    QTRY_VERIFY(bar->rect().contains(bar->tabRect(2)));
    auto *tree = bench.inspector.findChild<NodeView *>();
    QVERIFY(!tree->isVisible());
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(2).center());
    QVERIFY(tree->isVisible());
    QVERIFY(!bench.text()->isVisible());
    QCOMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 2);
    QSignalSpy wanted(&bench.inspector, &Inspector::filterWanted);
    Q_EMIT tree->filterWanted(QStringLiteral("json:$.a"));
    QCOMPARE(wanted.size(), 1);
    // The choice stays for what has a tree.
    bench.inspector.showEntry(plain);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("no json"));
    QVERIFY(bench.text()->isVisible());
    QCOMPARE(bar->currentIndex(), 1);
    bench.inspector.showEntry(id);
    QTRY_VERIFY(tree->isVisible());
    bench.inspector.showEntry(EntryId());
    QVERIFY(!tree->tree());
}

/// What a binary message says stands above its bytes; what is chosen in one is chosen in the other.
void TestMessagePage::decodesABinaryMessage()
{
    Bench bench;
    const QByteArray json = R"({"a":[1,2],"b":"x"})";
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, json);
    const EntryId noise = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray(300, char(0xc1)));
    bench.open();
    bench.choosePage(MessagePage::name());
    bench.inspector.showEntry(id);
    auto *view = bench.inspector.findChild<DecodedView *>();
    QTRY_VERIFY(view->isVisible());
    QCOMPARE(bench.words(), QStringLiteral("A binary message of 19 B"));
    auto *format = bench.inspector.findChild<FormatButton *>();
    QCOMPARE(format->text(), QStringLiteral("JSON"));
    QTRY_COMPARE(format->width(), format->sizeHint().width());
    const QTabBar *bar = bench.barWith(QStringLiteral("Formatted"));
    QTRY_COMPARE(bar->width(), bar->tabRect(2).width());
    QVERIFY(!buttonWith(bench, QStringLiteral("Wrap"))->isVisible());
    NodeView *nodes = view->nodes();
    nodes->setFocus();
    QTest::keyClick(nodes, Qt::Key_Down);
    QTest::keyClick(nodes, Qt::Key_Right);
    QTest::keyClick(nodes, Qt::Key_Down);
    QTest::keyClick(nodes, Qt::Key_Down);
    QCOMPARE(view->bytes()->selection(), (HexRange{ByteOffset(8), 1}));
    view->bytes()->select({ByteOffset(16), 1});
    QCOMPARE(nodes->currentIndex().data().toString(), QStringLiteral("b"));
    // A byte says what it is.
    const HexLayout &layout = view->bytes()->hexLayout();
    const int row = static_cast<int>(layout.rowOf(ByteOffset(8))) * layout.rowHeight();
    const QPoint there(layout.hexX(layout.columnOf(ByteOffset(8))) + 2, row + layout.rowHeight());
    QWidget *viewport = view->bytes()->viewport();
    QHelpEvent help(QEvent::ToolTip, there, viewport->mapToGlobal(there));
    QApplication::sendEvent(viewport, &help);
    QVERIFY2(QToolTip::text().startsWith(QStringLiteral("$.a[1] = 2\n")), qPrintable(QToolTip::text()));
    QToolTip::hideText();
    auto *bytes = named<QToolButton>(&bench.inspector, QStringLiteral("Bytes"));
    QVERIFY(bytes->isChecked());
    QTest::mouseClick(bytes, Qt::LeftButton);
    QVERIFY(!view->bytes()->isVisible());
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Copy the text")), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("0\n  a\n    0: 1\n")));
    bench.inspector.showEntry(noise);
    QTRY_VERIFY(!view->isVisible());
    QCOMPARE(format->text(), QStringLiteral("No format"));
    bench.inspector.showEntry(id);
    QTRY_VERIFY(view->isVisible());
    QVERIFY(!view->bytes()->isVisible());
}

void TestMessagePage::aFormatIsChosenByHand()
{
    Bench bench;
    const EntryId text = bench.capture.add(bench.connection, EntryKind::Text, "17");
    const EntryId other = bench.capture.add(bench.connection, EntryKind::Text, "18");
    bench.open();
    bench.inspector.showEntry(text);
    auto *format = bench.inspector.findChild<FormatButton *>();
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("17"));
    QVERIFY(!format->isVisible());
    QTabBar *bar = bench.barWith(QStringLiteral("Formatted"));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(2).center());
    QVERIFY(format->isVisible());
    QCOMPARE(format->text(), QStringLiteral("No format"));
    auto *view = bench.inspector.findChild<DecodedView *>();
    const auto choose = [format](const QString &name) {
        Q_EMIT format->menu()->aboutToShow();
        for (QAction *action : format->menu()->actions()) {
            if (action->text() == name)
                action->trigger();
            if (action->menu()) {
                for (QAction *one : action->menu()->actions()) {
                    if (one->text() == name)
                        one->trigger();
                }
            }
        }
    };
    choose(QStringLiteral("JSON"));
    QTRY_VERIFY(view->isVisible());
    QCOMPARE(format->text(), QStringLiteral("JSON"));
    QCOMPARE(view->nodes()->tree()->text(0), QStringLiteral("17"));
    // For all messages of that direction.
    bench.inspector.showEntry(other);
    QTRY_COMPARE(view->nodes()->tree()->text(0), QStringLiteral("18"));
    // Not for binary ones.
    const EntryId binary = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray(40, char(0xc1)));
    static_cast<void>(bench.capture.loader());
    bench.inspector.showEntry(binary);
    QTRY_COMPARE(format->text(), QStringLiteral("No format"));
    bench.inspector.showEntry(other);
    QTRY_COMPARE(format->text(), QStringLiteral("JSON"));
    choose(QStringLiteral("What the rules say"));
    QTRY_VERIFY(!view->isVisible());
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("18"));
}

/// The formats that a message was read by go when others are chosen, while the message is still shown.
void TestMessagePage::formatsAreReplacedWhileShown()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray(40'000, 'x'));
    bench.open();
    bench.inspector.showEntry(id);
    bench.choosePage(MessagePage::name());
    auto *button = bench.inspector.findChild<FormatButton *>();
    MessageFormats &formats = bench.inspector.formats();
    const auto use = [&formats](const QString &format, const QString &text) {
        formats.setOptions({{{DecodeRule::About::Any, Direction::None, {}, format}}, {}, {text}});
    };
    use(QStringLiteral("struct:Big"), QStringLiteral("struct Big { u16 a; u8 rest[]; }"));
    QTRY_COMPARE(button->text(), QStringLiteral("Big"));
    use(QStringLiteral("slice 1 > struct:Big"), QStringLiteral("struct Big { u32 b; u8 rest[]; }"));
    QTRY_VERIFY(button->text().endsWith(QStringLiteral("Big")) && button->text().size() > 3);
    bench.inspector.showEntry(EntryId());
    use(QStringLiteral("struct:Other"), QStringLiteral("struct Other { u8 rest[]; }"));
    bench.inspector.showEntry(id);
    QTRY_COMPARE(button->text(), QStringLiteral("Other"));
}

void TestMessagePage::comparesWithAnother()
{
    Bench bench;
    const EntryId first = bench.capture.add(bench.connection, EntryKind::Text, R"({"type":"t","p":1,"q":5})");
    bench.capture.add(bench.connection, EntryKind::Text, R"({"type":"other","p":9})");
    const EntryId second = bench.capture.add(bench.connection, EntryKind::Text, R"({"type":"t","p":2,"q":5})");
    const EntryId alone = bench.capture.add(bench.connection, EntryKind::Text, R"({"unlike":true})");
    bench.open();
    bench.inspector.showEntry(second);
    auto *view = bench.inspector.findChild<DecodedView *>();
    QTabBar *bar = bench.barWith(QStringLiteral("Formatted"));
    QTRY_VERIFY(bar->isVisible() && bar->isTabEnabled(2));
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(2).center());
    QTRY_VERIFY(view->isVisible());
    auto *button = named<QToolButton>(&bench.inspector, QStringLiteral("Compare the message"));
    QVERIFY(button->isVisible());
    const auto choose = [button](qsizetype action) {
        Q_EMIT button->menu()->aboutToShow();
        button->menu()->actions().at(action)->trigger();
    };
    const auto noteOf = [view](qint32 node) {
        auto *model = qobject_cast<NodeModel *>(view->nodes()->model());
        return model->data(model->indexOf(node).siblingAtColumn(1), NodeModel::NoteRole).toString();
    };
    choose(1);
    QTRY_COMPARE(noteOf(2), QStringLiteral("was 1"));
    QVERIFY(noteOf(3).isEmpty());
    QTRY_VERIFY(bench.words().contains(QStringLiteral("Compared with entry 1: 1 changed.")));
    QVERIFY(button->isChecked());
    // Its bytes are marked.
    QCOMPARE(view->bytes()->marks(), (QList<HexRange>{{ByteOffset(16), 1}}));
    // It goes on with the next message.
    bench.inspector.showEntry(alone);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("entries before has the same shape")));
    QVERIFY(view->bytes()->marks().isEmpty());
    // A chosen one.
    choose(button->menu()->actions().size() - 1);
    bench.inspector.showEntry(first);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("3 new, 1 gone: $.unlike")));
    QGuiApplication::clipboard()->setText(QStringLiteral("{\"type\":\"t\",\"p\":1,\"q\":5}"));
    choose(3);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("It says the same as the clipboard.")));
    choose(0);
    QTRY_VERIFY(!bench.words().contains(QStringLiteral("clipboard")));
    QVERIFY(!button->isChecked());
}

/// Of what is in no format.
void TestMessagePage::comparesBytes()
{
    Bench bench;
    const EntryId first =
        bench.capture.add(bench.connection, EntryKind::Binary, QByteArray("\xc1 abcdefgh 0123456789"));
    bench.capture.add(bench.connection, EntryKind::Text, "no binary");
    const EntryId second =
        bench.capture.add(bench.connection, EntryKind::Binary, QByteArray("\xc1 abXdefgh 012_____3456789"));
    bench.open();
    bench.inspector.resize(1200, 600);
    bench.choosePage(MessagePage::name());
    bench.inspector.showEntry(second);
    auto *button = named<QToolButton>(&bench.inspector, QStringLiteral("Compare the message"));
    QTRY_VERIFY(button->isVisible());
    const auto choose = [button](qsizetype action) {
        Q_EMIT button->menu()->aboutToShow();
        button->menu()->actions().at(action)->trigger();
    };
    auto *view = bench.inspector.findChild<ByteCompareView *>();
    QVERIFY(!view->isVisible());
    choose(1);
    QTRY_VERIFY(view->isVisible());
    QVERIFY2(bench.words().contains(
                 QStringLiteral("Compared with entry 1 byte by byte: 1 B changed, 5 B new, in 2 places.")),
             qPrintable(bench.words()));
    QCOMPARE(view->before()->marks(), (QList<HexRange>{{ByteOffset(4), 1}}));
    QCOMPARE(view->now()->marks(), (QList<HexRange>{{ByteOffset(4), 1}, {ByteOffset(14), 5}}));
    QTRY_VERIFY(view->before()->visibleText().contains(QStringLiteral("abcdefgh")));
    QVERIFY(view->now()->visibleText().contains(QStringLiteral("abXdefgh")));
    // From one change to the next, and around.
    view->now()->setFocus();
    QTest::keyClick(view->now(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(view->now()->selection(), (HexRange{ByteOffset(4), 1}));
    QCOMPARE(view->before()->selection(), (HexRange{ByteOffset(4), 1}));
    QTest::keyClick(view->now(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(view->now()->selection(), (HexRange{ByteOffset(14), 5}));
    QVERIFY(view->before()->selection().isEmpty());
    QTest::keyClick(view->now(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(view->now()->selection(), (HexRange{ByteOffset(4), 1}));
    QTest::keyClick(view->now(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(view->now()->selection(), (HexRange{ByteOffset(14), 5}));
    // What is selected in one is selected in the other.
    view->now()->select({ByteOffset(20), 2});
    QCOMPARE(view->before()->selection(), (HexRange{ByteOffset(15), 2}));
    // The first of all has none before it.
    bench.inspector.showEntry(first);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("entries before is of the same kind")));
    QVERIFY(!view->isVisible());
    QGuiApplication::clipboard()->setText(QStringLiteral("abcdefgh"));
    choose(2);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("Compared with the clipboard byte by byte")));
    QTRY_VERIFY(view->before()->visibleText().contains(QStringLiteral("abcdefgh")));
    choose(0);
    QTRY_VERIFY(!view->isVisible());
    QVERIFY(view->before()->marks().isEmpty());
}

/// Longer ones than those that are decoded to be compared.
void TestMessagePage::comparesBytesOfLongMessages()
{
    Bench bench;
    QByteArray bytes(EntryDetails::MaxBinary + 5000, '\xc1');
    for (qsizetype i = 0; i < bytes.size(); i += 3)
        bytes[i] = static_cast<char>(i / 3 % 251);
    bench.capture.add(bench.connection, EntryKind::Binary, bytes);
    bytes[1'000'000] = static_cast<char>(bytes[1'000'000] + 1);
    bytes.insert(1'040'000, "put in");
    const EntryId second = bench.capture.add(bench.connection, EntryKind::Binary, bytes);
    bench.open();
    bench.choosePage(MessagePage::name());
    bench.inspector.showEntry(second);
    auto *button = named<QToolButton>(&bench.inspector, QStringLiteral("Compare the message"));
    QTRY_VERIFY(button->isVisible());
    Q_EMIT button->menu()->aboutToShow();
    button->menu()->actions().at(1)->trigger();
    auto *view = bench.inspector.findChild<ByteCompareView *>();
    QTRY_VERIFY(view->isVisible());
    QVERIFY2(bench.words().contains(QStringLiteral("1 B changed, 6 B new, in 2 places.")), qPrintable(bench.words()));
    view->step(true);
    view->step(true);
    QCOMPARE(view->now()->selection(), (HexRange{ByteOffset(1'040'000), 6}));
    // Both scroll together, and show what belongs together.
    const HexLayout &layout = view->before()->hexLayout();
    const qint64 top = layout.rowRange(view->before()->topRow()).first.value();
    QVERIFY(top <= 1'040'000 && top > 1'030'000);
}

/// The tree is the legend of the bytes beside it.
void TestMessagePage::valuesHaveTheColoursOfTheirBytes()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, "{\"a\":[1,2],\"b\":3}");
    bench.open();
    bench.choosePage(MessagePage::name());
    bench.inspector.showEntry(id);
    auto *view = bench.inspector.findChild<DecodedView *>();
    QTRY_VERIFY(view->isVisible() && view->bytes()->isVisible());
    auto *model = qobject_cast<NodeModel *>(view->nodes()->model());
    const auto colorOf = [model](qint32 node) {
        return model->data(model->indexOf(node), Qt::DecorationRole).value<QColor>();
    };
    const auto &fields = theme::colors(view->palette()).fields;
    QVERIFY(!colorOf(0).isValid() && !colorOf(1).isValid());
    QCOMPARE(colorOf(2), fields[0]);
    QCOMPARE(colorOf(3), fields[1]);
    QCOMPARE(colorOf(4), fields[2]);
    HexStyle style;
    style.coloring = HexStyle::Coloring::Class;
    HexStyles::shared().setStyle(style);
    QVERIFY(!colorOf(2).isValid());
    HexStyles::shared().setStyle({});
    QCOMPARE(colorOf(2), fields[0]);
    view->setShowsBytes(false);
    QVERIFY(!colorOf(2).isValid());
}

/// One value, marked in all bytes that it is, or was made from.
void TestMessagePage::aValueIsMarkedInAllSources()
{
    Bench bench;
    // {"a":7,"b":8}
    const QByteArray packed = QByteArray::fromHex("1f8b0800000000000203ab564a54b232d7514a52b2b2a805008e2fc1f30d000000");
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, packed, Direction::Out);
    bench.open();
    bench.choosePage(MessagePage::name());
    bench.inspector.showEntry(id);
    auto *view = bench.inspector.findChild<DecodedView *>();
    QTRY_VERIFY(view->isVisible());
    const NodeTree &tree = *view->nodes()->tree();
    QCOMPARE(tree.sources.size(), size_t(2));
    qint32 inner = 0;
    while (inner < tree.size() && tree.name(inner) != QStringLiteral("b"))
        ++inner;
    view->nodes()->setCurrentNode(inner);
    auto *sources = named<QTabBar>(view, QStringLiteral("Bytes shown"));
    QCOMPARE(sources->currentIndex(), 1);
    const qint32 holder = tree.sources[1].holder;
    QVERIFY(holder != Node::None);
    const HexRange made{ByteOffset(tree.at(holder).value.begin), tree.at(holder).value.size};
    QTest::mouseClick(sources, Qt::LeftButton, {}, sources->tabRect(0).center());
    QCOMPARE(view->bytes()->selection(), made);
    QCOMPARE(view->nodes()->currentNode(), inner);
    // In the frame, behind its header.
    bench.choosePage(QStringLiteral("Hex"));
    HexView *hex = bench.inspector.findChild<HexPage *>()->findChild<HexView *>();
    QTRY_COMPARE(hex->selection(), made);
    bench.barWith(QStringLiteral("Wire"))->setCurrentIndex(0);
    QCOMPARE(hex->selection(), (HexRange{made.first + 6, made.length}));
    // A byte chosen there is found in the tree.
    hex->select({ByteOffset(6 + 1), 1});
    bench.choosePage(MessagePage::name());
    const qint32 chosen = view->nodes()->currentNode();
    QVERIFY(chosen != inner);
    QVERIFY(tree.at(chosen).source == 0 && tree.at(chosen).value.begin <= 1 && tree.at(chosen).value.end() > 1);
}

/// Bytes that say nothing do not keep the page from what can be read.
void TestMessagePage::theLatestThatCanBeReadBringsItUp()
{
    Bench bench;
    const EntryId noise = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray(300, char(0xc1)));
    const EntryId text = bench.capture.add(bench.connection, EntryKind::Text, "readable");
    const EntryId more = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray(301, char(0xc1)));
    bench.open();
    bench.inspector.showLatest(noise);
    QTRY_COMPARE(bench.tabs()->tabText(bench.tabs()->currentIndex()), QStringLiteral("Hex"));
    bench.inspector.showLatest(text);
    QTRY_COMPARE(bench.tabs()->tabText(bench.tabs()->currentIndex()), MessagePage::name());
    bench.inspector.showLatest(more);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("A binary message of 301 B")));
    QCOMPARE(bench.tabs()->tabText(bench.tabs()->currentIndex()), MessagePage::name());
}

void TestMessagePage::findsInTheTree()
{
    Bench bench;
    QByteArray json = "{\"first\":[";
    for (int i = 0; i < 5000; ++i)
        json += QByteArray::number(i) + ',';
    json += "{\"needle\":true}],\"last\":\"a needle\"}";
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, json);
    bench.open();
    bench.choosePage(MessagePage::name());
    bench.inspector.showEntry(id);
    auto *view = bench.inspector.findChild<DecodedView *>();
    QTRY_VERIFY(view->isVisible());
    view->nodes()->setFocus();
    bench.inspector.find();
    auto *field = named<QLineEdit>(view, QStringLiteral("Find in tree"));
    QTRY_VERIFY(field->isVisible());
    QTest::keyClicks(field, QStringLiteral("needle"));
    // It lies deep in what is folded, and far behind what was fetched.
    QTRY_COMPARE(view->nodes()->currentIndex().data().toString(), QStringLiteral("needle"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(view->nodes()->currentIndex().data().toString(), QStringLiteral("last"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(view->nodes()->currentIndex().data().toString(), QStringLiteral("needle"));
}

void TestMessagePage::tellsWhereItIsBroken()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, "[1,2,?]");
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("[1,2,?]"));
    auto *format = bench.inspector.findChild<FormatButton *>();
    Q_EMIT format->chosen(QStringLiteral("json"));
    QTRY_VERIFY2(bench.words().contains(QStringLiteral("Not decoded from byte 5 on: No JSON value")),
                 qPrintable(bench.words()));
}

/// A packet whose beginning more messages decide about than are looked at while somebody waits.
void TestMessagePage::whatUnpacksToMuchIsNotDecodedAtOnce()
{
    const auto atOnce = [](const QByteArray &payload) {
        return PreparedPayload::atOnce({payload, false, Direction::In, {}}, true, *FormatSet::standard());
    };
    // qCompress() puts the size before the zlib stream.
    const QByteArray little = qCompress(QByteArray("[1,2,3]")).sliced(4);
    const QByteArray much = qCompress(QByteArray(8'000'000, '[')).sliced(4);
    QVERIFY(atOnce(little) && atOnce(little)->decoded);
    QVERIFY(much.size() < 32'000);
    QVERIFY(!atOnce(much));
    QVERIFY(PreparedPayload::from({much, false, Direction::In, {}}, true, *FormatSet::standard()).decoded);
}

void TestMessagePage::followsALongConversationInTheBackground()
{
    Bench bench;
    ConnectionRecord record = sampleRecord();
    record.subprotocol = QStringLiteral("mqtt");
    const ConnectionId mqtt = bench.capture.addConnection(record);
    // PUBLISH, two thirds of a packet in each message.
    const QByteArray packet = QByteArray::fromHex("30040001") + "tx";
    EntryId last;
    for (qsizetype n = 0; n < 3 * (ConversationReader::Few / 2); ++n) {
        const QByteArray two = packet + packet;
        last = bench.capture.add(mqtt, EntryKind::Binary, two.mid(n * 4 % 6, 4));
    }
    bench.open();
    bench.choosePage(MessagePage::name());
    bench.inspector.showEntry(last);
    QTRY_VERIFY2_WITH_TIMEOUT(bench.words().contains(QStringLiteral("PUBLISH t")), qPrintable(bench.words()), 20'000);
    QVERIFY(bench.inspector.findChild<QProgressBar *>()->isHidden());
    // Now it is near a checkpoint.
    bench.inspector.showEntry(last - 2);
    QTRY_VERIFY(bench.words().contains(QStringLiteral("part of PUBLISH")));
}

void TestMessagePage::savesAPayload()
{
    Bench bench;
    QByteArray payload(5'000'000, 'x');
    payload.replace(4'999'000, 5, "final");
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, payload);
    bench.open();
    bench.choosePage(QStringLiteral("Message"));
    bench.prompts.file = bench.capture.file(QStringLiteral("saved.bin"));
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    bench.inspector.showEntry(id);
    auto *save = named<QToolButton>(&bench.inspector, QStringLiteral("Save payload…"));
    QTRY_VERIFY(save->isVisible() && save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(bench.prompts.lastRequest.path, QStringLiteral("message-1.bin"));
    QTRY_VERIFY(status.last().first().toString().startsWith(QStringLiteral("Saved 5.0 MB to ")));
    QFile file(bench.prompts.file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), payload);
}

void TestMessagePage::tellsWhereAPayloadCannotBeSaved()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Text, "hello");
    bench.open();
    bench.prompts.file = bench.capture.file(QStringLiteral("no/such/folder/a.txt"));
    QSignalSpy status(&bench.inspector, &Inspector::statusText);
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.text()->toPlainText(), QStringLiteral("hello"));
    QTest::mouseClick(named<QToolButton>(&bench.inspector, QStringLiteral("Save payload…")), Qt::LeftButton);
    QTRY_VERIFY(status.last().first().toString().contains(QStringLiteral("could not be written")));
    QVERIFY(status.last().first().toString().contains(QStringLiteral("a.txt")));
}

void TestMessagePage::showsBinaryInHex()
{
    Bench bench;
    const EntryId id = bench.capture.add(bench.connection, EntryKind::Binary, QByteArray("\x00\x01\x02", 3));
    bench.open();
    bench.choosePage(QStringLiteral("Message"));
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.words(), QStringLiteral("A binary message of 3 B"));
    for (QPushButton *button : bench.inspector.findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Show in Hex"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(bench.tabs()->tabText(bench.tabs()->currentIndex()), QStringLiteral("Hex"));
    QCOMPARE(bench.hex()->visibleText(), QStringLiteral("00000000  00 01 02  ···"));
}

void TestMessagePage::showsCloseCodeAndReason()
{
    Bench bench;
    const EntryId with = bench.capture.add(bench.connection, EntryKind::Close, encodeCloseBody(1000, u"bye"));
    const EntryId without = bench.capture.add(bench.connection, EntryKind::Close, {});
    bench.open();
    bench.inspector.showEntry(with);
    QTRY_COMPARE(bench.words(), QStringLiteral("Close 1000 normal closure\nReason: bye"));
    bench.inspector.showEntry(without);
    QTRY_VERIFY(bench.words().startsWith(QStringLiteral("Close without a code (1005")));
}

void TestMessagePage::showsAnEventsSentence()
{
    Bench bench;
    const EntryId id = bench.capture.add(NewEntry::fromEvent(bench.connection, {}, EventKind::Open,
                                                             QStringLiteral("Connected · 101 Switching Protocols")));
    bench.open();
    bench.inspector.showEntry(id);
    QTRY_COMPARE(bench.words(), QStringLiteral("Connected · 101 Switching Protocols"));
    bench.choosePage(QStringLiteral("Frames"));
    QCOMPARE(bench.words(), QStringLiteral("An event is no frame."));
}

void TestMessagePage::showsFindingsWeightiestFirst()
{
    Bench bench;
    NewEntry entry;
    entry.connection = bench.connection;
    entry.payload = QByteArrayLiteral("bad \xff");
    entry.frames.append(makeHeader({}, 5));
    entry.findings = {{Severity::Note, QStringLiteral("a"), QString(), QStringLiteral("A note."), -1, 0},
                      {Severity::Error, QStringLiteral("message.utf8"), QStringLiteral("RFC 6455 8.1"),
                       QStringLiteral("Invalid UTF-8 at byte 4."), 4, 1007}};
    const EntryId bad = bench.capture.add(std::move(entry));
    const EntryId good = bench.capture.add(bench.connection, EntryKind::Text, "good");
    bench.open();
    bench.inspector.showEntry(bad);
    QTRY_COMPARE(bench.words(), QStringLiteral("Error: Invalid UTF-8 at byte 4. (RFC 6455 8.1)\nNote: A note."));
    bench.inspector.showEntry(good);
    QTRY_COMPARE(bench.words(), QString());
}

SOCKEYE_TEST(TestMessagePage, QApplication)
#include "tst_messagepage.moc"
