#include "reading/Annotations.h"
#include "reading/CaptureReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/TabBench.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/FollowButton.h"
#include "widgets/log/LogHeader.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// What can be done with the log's entries, in a live tab.
class TestLogCommands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bench.reset(); }

    void copiesInEveryFormat();
    void narrowsTheFilter();
    void leavingOutKeepsTheFilter();
    void measuresFromAnEntry();
    void saysWhatTheSelectionComesTo();
    void sendsAgainByteForByte();
    void sendsInOrderAndLeavesOutWhatCannotBe();
    void sendsTwiceWhatIsSentAgainTwice();
    void asksBeforeSendingMany();
    void sendsOnlyWhenConnected();
    void goesToAnEntryAndToATime();
    void stepsAmongTheRows();
    void theButtonSaysHowManyAreNewBelow();
    void theLookOutlivesTheTab();

private:
    [[nodiscard]] ConnectionTab *tab() const { return m_bench->tab.get(); }
    [[nodiscard]] LogView *view() const { return m_bench->tab->view()->logView(); }
    [[nodiscard]] QString clipboardAfter(const QString &choice) const;

    std::unique_ptr<TabBench> m_bench;
};

void TestLogCommands::init()
{
    m_bench = std::make_unique<TabBench>();
    QVERIFY(QTest::qWaitForWindowActive(tab()));
    QVERIFY(m_bench->connectToEcho());
    QVERIFY(m_bench->say(u"{\"n\":1}"_s));
    QVERIFY(m_bench->say(u"two | pipes"_s));
}

QString TestLogCommands::clipboardAfter(const QString &choice) const
{
    QApplication::clipboard()->clear();
    if (!m_bench->choose(choice) ||
        !QTest::qWaitFor([] { return !QApplication::clipboard()->text().isEmpty(); }, test::Patience))
        return {};
    return QApplication::clipboard()->text();
}

void TestLogCommands::copiesInEveryFormat()
{
    const int first = m_bench->rowOf(u"{\"n\":1}"_s);
    m_bench->click(first);
    m_bench->click(m_bench->rowOf(u"two"_s), Qt::ControlModifier);
    const QStringList rows = clipboardAfter(u"Copy rows"_s).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), 2);
    QVERIFY(rows.first().startsWith(QString::number(first + 1) + u'\t'));
    QVERIFY(rows.first().endsWith(u"\t{\"n\":1}"));
    QCOMPARE(clipboardAfter(u"Text"_s).trimmed(), u"{\"n\":1}\ntwo | pipes"_s);
    const QString hex = clipboardAfter(u"Hex"_s).remove(u' ');
    QVERIFY2(hex.startsWith(u"7b226e223a317d\n"), qPrintable(hex));
    const QStringList lines = clipboardAfter(u"JSON Lines"_s).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    const QJsonObject object = QJsonDocument::fromJson(lines.first().toUtf8()).object();
    QCOMPARE(object.value(u"text"_s).toString(), u"{\"n\":1}"_s);
    QCOMPARE(object.value(u"entry"_s).toInt(), first + 1);
    const QStringList table = clipboardAfter(u"Markdown table"_s).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(table.size(), 4);
    QVERIFY2(table.last().contains(uR"(two \| pipes)"), qPrintable(table.last()));
    // Of the columns only those that are shown, as they are shown.
    view()->columnHeader()->setColumnShown(LogModel::TimeColumn, false);
    QVERIFY(!clipboardAfter(u"Markdown table"_s).contains(u"Time"));
}

void TestLogCommands::narrowsTheFilter()
{
    m_bench->click(m_bench->rowOf(u"two"_s));
    QVERIFY(m_bench->choose(u"Show sent only"_s));
    QCOMPARE(tab()->view()->filterBar()->text(), u"dir:out"_s);
    QVERIFY(m_bench->choose(u"Show connection 1 only"_s));
    QCOMPARE(tab()->view()->filterBar()->text(), u"conn:1"_s);
    QVERIFY(m_bench->choose(u"Show text only"_s));
    QCOMPARE(tab()->view()->filterBar()->text(), u"type:text"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), 4, test::Patience);
    QVERIFY(m_bench->choose(u"Show all"_s));
    QCOMPARE(tab()->view()->filterBar()->text(), QString());
}

void TestLogCommands::leavingOutKeepsTheFilter()
{
    m_bench->click(m_bench->rowOf(u"two"_s));
    tab()->view()->filterBar()->setText(u"dir:out"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), 2, test::Patience);
    m_bench->click(0);
    QVERIFY(m_bench->choose(u"Leave out text"_s));
    QCOMPARE(tab()->view()->filterBar()->text(), u"dir:out -type:text"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), 0, test::Patience);
    tab()->view()->filterBar()->setText(u"a or b"_s);
    tab()->view()->logCommands()->narrowBy(u"-type:ping"_s);
    QCOMPARE(tab()->view()->filterBar()->text(), u"(a or b) -type:ping"_s);
}

void TestLogCommands::measuresFromAnEntry()
{
    const int row = m_bench->rowOf(u"{\"n\":1}"_s);
    m_bench->click(row);
    QVERIFY(m_bench->choose(u"Measure time from here"_s));
    const auto delta = [this](int at) {
        return tab()->view()->model()->index(at, LogModel::DeltaColumn).data().toString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(delta(0).startsWith(u'-'), test::Patience);
    const QString before = delta(row + 2);
    QVERIFY(before.startsWith(u'+'));
    // From there, whatever is chosen later.
    m_bench->click(row + 1);
    QCOMPARE(delta(row + 2), before);
}

void TestLogCommands::saysWhatTheSelectionComesTo()
{
    QSignalSpy told(tab(), &ConnectionTab::selectionText);
    const int row = m_bench->rowOf(u"{\"n\":1}"_s);
    m_bench->click(row);
    m_bench->click(row + 1, Qt::ShiftModifier);
    const auto last = [&told] { return told.isEmpty() ? QString() : told.last().first().toString(); };
    QTRY_VERIFY2_WITH_TIMEOUT(last().startsWith(u"2 selected · 14 B · "), qPrintable(last()), test::Patience);
    QCOMPARE(tab()->view()->logCommands()->selectionSummary(), last());
    m_bench->click(row);
    QTRY_COMPARE_WITH_TIMEOUT(last(), QString(), test::Patience);
    // Nor of rows that a filter has taken away.
    m_bench->click(row + 1, Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!last().isEmpty(), test::Patience);
    tab()->view()->filterBar()->setText(u"nowhere-to-be-found"_s);
    QTRY_COMPARE_WITH_TIMEOUT(last(), QString(), test::Patience);
    QCOMPARE(tab()->view()->logCommands()->selectionSummary(), QString());
}

void TestLogCommands::sendsAgainByteForByte()
{
    // As it came, with what an editor would have changed.
    const QByteArray odd("\xef\xbb\xbf line\r\nbreak \t and \xc3\xa9");
    Outgoing text;
    text.payload = odd;
    Outgoing binary;
    binary.opcode = Opcode::Binary;
    binary.payload = QByteArray::fromHex("00ff10") + QByteArray(100'000, '\x7f');
    Q_EMIT tab()->composer()->sendRequested(text);
    Q_EMIT tab()->composer()->sendRequested(binary);
    const int before = tab()->view()->model()->rowCount();
    QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model()->rowCount() >= before + 4, test::Patience);
    const int rows = tab()->view()->model()->rowCount();
    QSignalSpy told(tab()->view()->logCommands(), &LogCommands::statusText);
    const auto sentOnes = [this, rows] {
        QList<EntryId> ids;
        for (int row = 0; row < rows; ++row) {
            const QVariant direction = tab()->view()->model()->index(row, 0).data(LogModel::DirectionRole);
            if (direction.isValid() && direction.toInt() == int(Direction::Out))
                ids.append(EntryId(row + 1));
        }
        return ids;
    };
    QTRY_COMPARE_WITH_TIMEOUT(sentOnes().size(), 4, test::Patience);
    const QList<EntryId> sent = sentOnes();
    m_bench->click(int(sent.at(2).value()) - 1);
    m_bench->click(int(sent.at(3).value()) - 1, Qt::ControlModifier);
    QVERIFY(m_bench->choose(u"Send again"_s));
    QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), rows + 4, test::Patience);
    QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), test::Patience);
    QCOMPARE(told.last().first().toString(), u"Sent 2 entries again"_s);
    QVERIFY2(m_bench->prompts.asked.isEmpty(), "Few are sent without a question.");
    const QString path = tab()->capturePath();
    QVERIFY(m_bench->closeTab());
    const auto reader = CaptureReader::open(path);
    QVERIFY(reader.ok());
    QList<std::pair<EntryKind, QByteArray>> out;
    QVERIFY(reader.value()
                ->scanner()
                .forEach(EntryId(rows + 1), EntryId(rows + 4), {},
                         [&](const Entry &entry) {
                             if (entry.direction == Direction::Out)
                                 out.append({entry.kind, reader.value()->payload(entry.id).value()});
                             return true;
                         })
                .ok());
    QCOMPARE(out.size(), 2);
    QCOMPARE(out.at(0).first, EntryKind::Text);
    QCOMPARE(out.at(0).second, odd);
    QCOMPARE(out.at(1).first, EntryKind::Binary);
    QCOMPARE(out.at(1).second, binary.payload);
}

void TestLogCommands::sendsInOrderAndLeavesOutWhatCannotBe()
{
    for (int n = 0; n < 6; ++n)
        QVERIFY(m_bench->say(u"step %1"_s.arg(n)));
    const int rows = tab()->view()->model()->rowCount();
    tab()->view()->filterBar()->setText(u"-dir:in"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!tab()->view()->model()->isSearching() && tab()->view()->model()->rowCount() < rows,
                             test::Patience);
    // The events at the beginning, too.
    const int shown = tab()->view()->model()->rowCount();
    view()->setFocus();
    QTest::keySequence(view(), QKeySequence::SelectAll);
    QSignalSpy told(tab()->view()->logCommands(), &LogCommands::statusText);
    QVERIFY(m_bench->choose(u"Send again"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), test::Patience);
    QCOMPARE(told.last().first().toString(), u"Sent 8 entries again; left out %1 that cannot be sent"_s.arg(shown - 8));
    QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), shown + 8, test::Patience);
    for (int n = 0; n < 6; ++n)
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->preview(shown + 2 + n), u"step %1"_s.arg(n), test::Patience);
}

void TestLogCommands::sendsTwiceWhatIsSentAgainTwice()
{
    m_bench->click(m_bench->rowOf(u"two"_s));
    QSignalSpy told(tab()->view()->logCommands(), &LogCommands::statusText);
    // The second time before the first has been read.
    tab()->view()->logCommands()->sendAgain();
    tab()->view()->logCommands()->sendAgain();
    QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), test::Patience);
    QCOMPARE(told.last().first().toString(), u"Sent 2 entries again"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->rows(u"two"_s), 6, test::Patience);
}

void TestLogCommands::asksBeforeSendingMany()
{
    for (int n = 0; n < 11; ++n)
        QVERIFY(m_bench->say(u"many %1"_s.arg(n)));
    const int rows = tab()->view()->model()->rowCount();
    view()->setFocus();
    QTest::keySequence(view(), QKeySequence::SelectAll);
    m_bench->prompts.accept = false;
    QVERIFY(m_bench->choose(u"Send again"_s));
    QCOMPARE(m_bench->prompts.asked, QStringList{u"Send %1 entries again, one after the other?"_s.arg(rows)});
    m_bench->prompts.accept = true;
    tab()->view()->logCommands()->sendAgain();
    // What was sent and what came, all but the events, and each of them comes back.
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->rows(u"many 3"_s), 6, test::Patience);
}

void TestLogCommands::sendsOnlyWhenConnected()
{
    m_bench->click(0);
    QVERIFY2(!m_bench->choose(u"Send again"_s), "An event cannot be sent.");
    m_bench->click(m_bench->rowOf(u"two"_s));
    tab()->disconnectFromPeer();
    QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), test::Patience);
    QVERIFY(!m_bench->choose(u"Send again"_s));
}

void TestLogCommands::goesToAnEntryAndToATime()
{
    for (int n = 0; n < 20; ++n)
        QVERIFY(m_bench->say(u"line %1"_s.arg(n)));
    const auto go = [this](const QString &text) {
        tab()->view()->logCommands()->goTo();
        auto *dialog = view()->findChild<QDialog *>();
        auto *edit = dialog->findChild<QLineEdit *>();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
        const bool isGone = !dialog->isVisible();
        delete dialog;
        return isGone;
    };
    QVERIFY(go(u"3"_s));
    QCOMPARE(view()->currentEntry(), EntryId(3));
    QVERIFY(!view()->isFollowing());
    QVERIFY2(!go(u"9000"_s), "The dialog stays and says that there is none.");
    tab()->view()->filterBar()->setText(u"dir:out"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model()->rowCount(), 22, test::Patience);
    QSignalSpy told(tab()->view()->logCommands(), &LogCommands::statusText);
    const EntryId hidden = tab()->view()->model()->entryAt(Row(10)) + 1;
    QVERIFY(go(QString::number(hidden.value())));
    QCOMPARE(view()->currentEntry(), hidden - 1);
    QVERIFY(told.last().first().toString().contains(u"is not shown"));
}

void TestLogCommands::stepsAmongTheRows()
{
    const EntryId sent(m_bench->rowOf(u"{\"n\":1}"_s) + 1);
    view()->setCurrentEntry(sent);
    auto *commands = tab()->view()->logCommands();
    commands->step<LogModel::Step::SameDirection, true>();
    const EntryId next(tab()->view()->model()->entryAt(Row(int(sent.value()) + 1)));
    QTRY_COMPARE_WITH_TIMEOUT(view()->currentEntry(), next, test::Patience);
    QCOMPARE(tab()->view()->model()->index(int(next.value()) - 1, 0).data(LogModel::DirectionRole).toInt(),
             int(Direction::Out));
    commands->step<LogModel::Step::SameDirection, false>();
    QTRY_COMPARE_WITH_TIMEOUT(view()->currentEntry(), sent, test::Patience);
    tab()->view()->annotations()->toggleBookmarks({EntryId(1)});
    commands->step<LogModel::Step::Bookmark, false>();
    QTRY_COMPARE_WITH_TIMEOUT(view()->currentEntry(), EntryId(1), test::Patience);
    QSignalSpy told(commands, &LogCommands::statusText);
    commands->step<LogModel::Step::Finding, true>();
    QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, test::Patience);
    QCOMPARE(told.last().first().toString(), u"None below"_s);
    QCOMPARE(view()->currentEntry(), EntryId(1));
}

void TestLogCommands::theButtonSaysHowManyAreNewBelow()
{
    auto *follow = named<QPushButton>(tab(), u"Follow"_s);
    QVERIFY(follow->isChecked());
    QCOMPARE(follow->text(), u"Follow"_s);
    const int width = follow->width();
    for (int n = 0; n < 20; ++n)
        QVERIFY(m_bench->say(u"line %1"_s.arg(n)));
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Home);
    QVERIFY(!follow->isChecked());
    QCOMPARE(follow->text(), u"Follow"_s);
    QVERIFY(m_bench->say(u"unseen"_s));
    QTRY_COMPARE_WITH_TIMEOUT(follow->text(), u"↓ 2 new"_s, test::Patience);
    QCOMPARE(follow->accessibleName(), u"Follow"_s);
    QCOMPARE(follow->width(), width);
    QTest::keyClick(view(), Qt::Key_End);
    QVERIFY(follow->isChecked());
    QCOMPARE(follow->text(), u"Follow"_s);
    QTest::keyClick(view(), Qt::Key_Home);
    QVERIFY(m_bench->say(u"more"_s));
    QTRY_COMPARE_WITH_TIMEOUT(follow->text(), u"↓ 2 new"_s, test::Patience);
    QTest::mouseClick(follow, Qt::LeftButton);
    QVERIFY(view()->isFollowing());
    QCOMPARE(follow->text(), u"Follow"_s);
}

void TestLogCommands::theLookOutlivesTheTab()
{
    LogHeader *header = view()->columnHeader();
    header->setColumnShown(LogModel::WireSizeColumn, true);
    header->moveSection(header->visualIndex(LogModel::SizeColumn), 0);
    header->resizeSection(LogModel::TimeColumn, 222);
    view()->setZoom(2);
    Q_EMIT header->timeFormatChosen(TimeFormat::Relative);
    const LogLook look = view()->look();
    QVERIFY(m_bench->closeTab());
    m_bench->makeTab();
    QCOMPARE(view()->look(), look);
    QCOMPARE(look.time, TimeFormat::Relative);
    QVERIFY(m_bench->connectToEcho());
    QCOMPARE(tab()->view()->model()->timeFormat(), TimeFormat::Relative);
    QCOMPARE(view()->columnHeader()->shownColumns().first(), int(LogModel::SizeColumn));
    QVERIFY(view()->columnHeader()->shownColumns().contains(LogModel::WireSizeColumn));
    QCOMPARE(view()->columnHeader()->sectionSize(LogModel::TimeColumn), 222);
    // Nonsense in the file harms nobody.
    m_bench->settings.setValue(Settings::Key::LogZoom, 1000);
    m_bench->settings.setValue(Settings::Key::LogTimeFormat, u"sundial"_s);
    m_bench->settings.setValue(Settings::Key::LogColumns, QStringList{u"-"_s, u":"_s, u"size:99999999999"_s});
    tab()->view()->restoreLook();
    QCOMPARE(view()->zoom(), LogZoom::Maximum);
    QCOMPARE(view()->look().time, TimeFormat::Local);
    QCOMPARE(view()->look().columns, LogColumns::standard());
}

SOCKEYE_TEST(TestLogCommands, QApplication)
#include "tst_logcommands.moc"
