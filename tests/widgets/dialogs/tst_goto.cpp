#include "widgets/dialogs/GoToDialog.h"

#include "support/TestProgram.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Start = 1'795'363'200 * Second; // 2026-11-22T16:00:00Z

/// A capture of an hour and a half from 15:59:59.5 on.
GoToContext hour(TimeFormat format)
{
    return {EntryId(10'000), TimeSpan{timestampFromNs(Start - Second / 2), timestampFromNs(Start + 5400 * Second)},
            format};
}

QPushButton *goButton(const GoToDialog &dialog)
{
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->text() == u"Go")
            return button;
    }
    return nullptr;
}

} // namespace

class TestGoTo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void understands_data();
    void understands();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void aTimeOfDayMeansTheFirstDayOnWhichItLies();
    void theDialogSaysItAsItIsTyped();
    void enterGoesThere();
};

void TestGoTo::understands_data()
{
    QTest::addColumn<TimeFormat>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("entry");
    QTest::addColumn<qint64>("afterStart"); // in ns
    const auto entry = [](const char *name, const QString &text, qint64 id) {
        QTest::newRow(name) << TimeFormat::Local << text << id << qint64(0);
    };
    const auto time = [](const char *name, TimeFormat format, const QString &text, qint64 ns) {
        QTest::newRow(name) << format << text << qint64(0) << ns;
    };
    entry("number", u"1204"_s, 1204);
    entry("separators", u" 1,204 "_s, 1204);
    entry("narrow space", u"1\u202f204"_s, 1204);
    entry("hash", u"#7"_s, 7);
    entry("the last", u"10000"_s, 10'000);
    QTest::newRow("number among epoch times") << TimeFormat::Epoch << u"1204"_s << qint64(1204) << qint64(0);
    time("minute", TimeFormat::Local, u"16:01"_s, 60 * Second);
    time("second", TimeFormat::Local, u"16:00:01"_s, Second);
    time("as shown", TimeFormat::Local, u"16:00:01.204 500"_s, Second + 204'500'000);
    time("UTC", TimeFormat::Utc, u"16:00:01.2"_s, Second + 200'000'000);
    time("comma", TimeFormat::Utc, u"16:00:01,2"_s, Second + 200'000'000);
    time("with its date", TimeFormat::Utc, u"2026-11-22 16:00:02"_s, 2 * Second);
    time("the first entry's second", TimeFormat::Utc, u"15:59:59"_s, -Second / 2);
    time("relative", TimeFormat::Relative, u"0:00:02.000"_s, 2 * Second - Second / 2);
    time("since the beginning", TimeFormat::Local, u"+1.5 s"_s, Second);
    time("without a unit", TimeFormat::Local, u"+2"_s, 2 * Second - Second / 2);
    time("milliseconds", TimeFormat::Local, u"+750ms"_s, Second / 4);
    time("minutes", TimeFormat::Local, u"+ 1 min"_s, 60 * Second - Second / 2);
    time("minutes as the filter writes them", TimeFormat::Local, u"+1m"_s, 60 * Second - Second / 2);
    time("epoch", TimeFormat::Epoch, u"1795363201.25"_s, Second + Second / 4);
}

void TestGoTo::understands()
{
    QFETCH(TimeFormat, format);
    QFETCH(QString, text);
    QFETCH(qint64, entry);
    QFETCH(qint64, afterStart);
    const GoToTarget target = parseGoTo(text, hour(format));
    if (const QString *error = std::get_if<QString>(&target))
        QFAIL(qPrintable(*error));
    if (entry > 0)
        QCOMPARE(std::get<EntryId>(target), EntryId(entry));
    else
        QCOMPARE(toNs(std::get<Timestamp>(target)) - Start, afterStart);
}

void TestGoTo::saysWhatIsWrong_data()
{
    QTest::addColumn<TimeFormat>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    const auto row = [](const QString &text, const QString &error, TimeFormat format = TimeFormat::Utc) {
        QTest::addRow("%s", qPrintable(text.isEmpty() ? u"empty"_s : text)) << format << text << error;
    };
    row({}, u"Type an entry's number or a time."_s);
    row(u"0"_s, u"There is no entry 0: they go from 1 to 10,000."_s);
    row(u"10001"_s, u"There is no entry 10,001: they go from 1 to 10,000."_s);
    row(u"99999999999999999999"_s, u"There is no entry 999,999,999,999,999,999: they go from 1 to 10,000."_s);
    row(u"15:59:58"_s, u"That is before the first entry, which came at 15:59:59.500 000Z."_s);
    row(u"17:30:01"_s, u"That is after the last entry, which came at 17:30:00.000 000Z."_s);
    row(u"25:00:00"_s, u"25:00:00 is no time of the day."_s);
    row(u"16:61"_s, u"16:61 is no time of the day."_s);
    row(u"2026-13-01 16:00"_s, u"2026-13-01 is no date. Write it as 2026-11-22."_s);
    row(u"+9 h"_s, u"That is after the last entry, which came at 17:30:00.000 000Z."_s);
    row(u"+999999999999999 h"_s, u"That is after the last entry, which came at 17:30:00.000 000Z."_s);
    row(u"+99999:00:00"_s, u"“+99999:00:00” is neither an entry's number nor a time such as 15:59:59.500 000Z."_s);
    row(u"99999:00:00"_s, u"That is after the last entry, which came at 1:30:00.500 000."_s, TimeFormat::Relative);
    row(u"abc"_s, u"“abc” is neither an entry's number nor a time such as 15:59:59.500 000Z."_s);
    row(u"999999999999"_s, u"That is after the last entry, which came at 1795368600.000000."_s, TimeFormat::Epoch);
}

void TestGoTo::saysWhatIsWrong()
{
    QFETCH(TimeFormat, format);
    QFETCH(QString, text);
    const GoToTarget target = parseGoTo(text, hour(format));
    QVERIFY(std::holds_alternative<QString>(target));
    QTEST(std::get<QString>(target), "error");
    QCOMPARE(std::get<QString>(parseGoTo(u"16:00"_s, {})), u"There are no entries yet."_s);
}

void TestGoTo::aTimeOfDayMeansTheFirstDayOnWhichItLies()
{
    // Two days and a bit, from 16:00 on.
    GoToContext context{EntryId(10), TimeSpan{timestampFromNs(Start), timestampFromNs(Start + 180'000 * Second)},
                        TimeFormat::Utc};
    QCOMPARE(toNs(std::get<Timestamp>(parseGoTo(u"17:00"_s, context))), Start + 3600 * Second);
    QCOMPARE(toNs(std::get<Timestamp>(parseGoTo(u"02:00"_s, context))), Start + 10 * 3600 * Second);
    QCOMPARE(toNs(std::get<Timestamp>(parseGoTo(u"2026-11-24 02:00"_s, context))), Start + 34 * 3600 * Second);
}

void TestGoTo::theDialogSaysItAsItIsTyped()
{
    GoToDialog dialog(hour(TimeFormat::Utc));
    dialog.show();
    auto *edit = dialog.findChild<QLineEdit *>();
    auto *go = goButton(dialog);
    QVERIFY(!edit->accessibleName().isEmpty());
    QCOMPARE(dialog.errorText(), QString());
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(edit, u"20000"_s);
    QCOMPARE(dialog.errorText(), u"There is no entry 20,000: they go from 1 to 10,000."_s);
    QVERIFY(!go->isEnabled());
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(dialog.isVisible());
    QTest::keyClick(edit, Qt::Key_Backspace);
    QCOMPARE(dialog.errorText(), QString());
    QVERIFY(go->isEnabled());
}

void TestGoTo::enterGoesThere()
{
    GoToDialog dialog(hour(TimeFormat::Utc));
    QSignalSpy entry(&dialog, &GoToDialog::entryChosen);
    QSignalSpy time(&dialog, &GoToDialog::timeChosen);
    dialog.show();
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"2000"_s);
    QTest::keyClick(dialog.findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(entry.count(), 1);
    QCOMPARE(entry.first().first().value<EntryId>(), EntryId(2000));
    QVERIFY(!dialog.isVisible());
    dialog.show();
    dialog.findChild<QLineEdit *>()->clear();
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"16:00:01"_s);
    QTest::mouseClick(goButton(dialog), Qt::LeftButton);
    QCOMPARE(time.count(), 1);
    QCOMPARE(toNs(time.first().first().value<Timestamp>()), Start + Second);
}

SOCKEYE_TEST(TestGoTo, QApplication)
#include "tst_goto.moc"
