#include "log/LogColumnInfo.h"

#include "support/TestProgram.h"

#include <QSet>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogColumnInfo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachColumnStandsAtItsPlace();
    void eachColumnHasATitle();
    void eachColumnHasAWidthButThePreview();
    void eachColumnHasAText();
    void namesInTheSettingsStay();
    void namesOfConnectionsStandToTheLeft();

private:
    static Entry everything();
};

/// An entry that has something to tell in every column.
Entry TestLogColumnInfo::everything()
{
    Entry entry;
    entry.id = EntryId(7);
    entry.connection = ConnectionId(2);
    entry.time = timestampFromNs(1'795'363'200'000'000'000);
    entry.kind = EntryKind::Pong;
    entry.head = "heat";
    entry.size = 400;
    entry.wireSize = 100;
    entry.compressed = true;
    entry.latency = std::chrono::milliseconds(12);
    entry.findingCount = 1;
    entry.severity = Severity::Warning;
    return entry;
}

void TestLogColumnInfo::eachColumnStandsAtItsPlace()
{
    QCOMPARE(LogColumnInfo::all().size(), size_t(LogTable::ColumnCount));
    QSet<QString> names;
    for (int column = 0; column < LogTable::ColumnCount; ++column) {
        const LogColumnInfo &info = LogColumnInfo::of(column);
        QCOMPARE(int(info.id), column);
        const QString name = QString::fromLatin1(info.name);
        QVERIFY(!name.isEmpty());
        QCOMPARE(LogColumnInfo::named(name), &info);
        names.insert(name);
    }
    QCOMPARE(names.size(), int(LogTable::ColumnCount));
    QVERIFY(!LogColumnInfo::named(u"colour"));
    QVERIFY(!LogColumnInfo::named(u""));
}

void TestLogColumnInfo::eachColumnHasATitle()
{
    CellStyle lanes;
    lanes.lanes.insert(ConnectionId(2), u"staging"_s);
    CellStyle selected;
    selected.deltaFrom = DeltaFrom::Selected;
    selected.time = TimeFormat::Epoch;
    for (const CellStyle &style : {CellStyle(), lanes, selected}) {
        QSet<QString> titles;
        for (const LogColumnInfo &info : LogColumnInfo::all()) {
            QVERIFY2(!info.fullTitleFor(style).isEmpty(), info.name);
            titles.insert(info.fullTitleFor(style));
            // The arrows of the direction and the icons of the type need no title.
            QCOMPARE(info.titleFor(style).isEmpty(),
                     info.id == LogTable::DirectionColumn || info.id == LogTable::TypeColumn);
        }
        QCOMPARE(titles.size(), int(LogTable::ColumnCount));
    }
    QCOMPARE(LogColumnInfo::of(LogTable::ConnectionColumn).titleFor(lanes), u"Lane"_s);
    QCOMPARE(LogColumnInfo::of(LogTable::DeltaColumn).titleFor(selected), u"From selected"_s);
    QCOMPARE(LogColumnInfo::of(LogTable::TimeColumn).titleFor(selected), u"Unix time"_s);
}

void TestLogColumnInfo::eachColumnHasAWidthButThePreview()
{
    for (const LogColumnInfo &info : LogColumnInfo::all()) {
        const QStringList samples = info.widthSamples(CellStyle(), 5);
        QCOMPARE(samples.isEmpty(), info.id == LogTable::PreviewColumn);
        for (const QString &sample : samples)
            QVERIFY2(!sample.isEmpty(), info.name);
    }
    QCOMPARE(LogColumnInfo::of(LogTable::EntryColumn).widthSamples(CellStyle(), 8), QStringList{u"00000000"_s});
}

void TestLogColumnInfo::eachColumnHasAText()
{
    const Entry entry = everything();
    const CellStyle style;
    const CellSource cell{entry, style, entry.time - std::chrono::milliseconds(36)};
    for (const LogColumnInfo &info : LogColumnInfo::all()) {
        QVERIFY2(!info.text(cell).isEmpty(), info.name);
        QVERIFY2(!info.spokenTextOf(cell).isEmpty(), info.name);
        QCOMPARE(info.isNumber(), info.alignment.testFlag(Qt::AlignRight));
        // Only the delta looks at another entry.
        QCOMPARE(info.text({entry, style}).isEmpty(), info.needsOrigin);
    }
    QCOMPARE(LogColumnInfo::of(LogTable::DirectionColumn).spokenTextOf(cell), u"in"_s);
    QCOMPARE(LogColumnInfo::of(LogTable::DeltaColumn).text(cell), u"+36.0 ms"_s);
    QCOMPARE(LogColumnInfo::of(LogTable::EntryColumn).idText(EntryId(12)), u"12"_s);
}

/// They are in settings files of users.
void TestLogColumnInfo::namesInTheSettingsStay()
{
    QStringList names;
    QStringList shown;
    for (const LogColumnInfo &info : LogColumnInfo::all()) {
        names += QString::fromLatin1(info.name);
        if (info.isShown)
            shown += names.constLast();
    }
    QCOMPARE(names, (QStringList{u"entry"_s, u"connection"_s, u"time"_s, u"delta"_s, u"direction"_s, u"type"_s,
                                 u"size"_s, u"wire-size"_s, u"ratio"_s, u"latency"_s, u"preview"_s, u"findings"_s}));
    QCOMPARE(shown,
             (QStringList{u"entry"_s, u"time"_s, u"delta"_s, u"direction"_s, u"type"_s, u"size"_s, u"preview"_s}));
}

void TestLogColumnInfo::namesOfConnectionsStandToTheLeft()
{
    const LogColumnInfo &connection = LogColumnInfo::of(LogTable::ConnectionColumn);
    CellStyle style;
    QVERIFY(connection.alignmentFor(style).testFlag(Qt::AlignRight));
    style.lanes.insert(ConnectionId(2), u"staging"_s);
    QVERIFY(connection.alignmentFor(style).testFlag(Qt::AlignLeft));
    const Entry entry = everything();
    QCOMPARE(connection.text({entry, style}), u"staging"_s);
    Entry other = entry;
    other.connection = ConnectionId(3);
    QCOMPARE(connection.text({other, style}), u"3"_s);
}

SOCKEYE_TEST(TestLogColumnInfo, QCoreApplication)
#include "tst_logcolumninfo.moc"
