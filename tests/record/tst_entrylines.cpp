#include "base/ControlCharacters.h"
#include "base/Units.h"
#include "record/EntryLines.h"
#include "record/EntryText.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// The line put together cell by cell.
QByteArray lineOf(const Entry &entry)
{
    const QString line = u"%1  %2 %3  %4  %5"_s.arg(
        toLocalTimeOfDay(entry.time), directionArrow(entry.direction), QString(kindName(entry.kind)).leftJustified(6),
        (entry.kind == EntryKind::Event ? QString() : sizeText(entry.size)).rightJustified(8), previewText(entry));
    return withVisibleControls(line.toUtf8()) + '\n';
}

Entry lineEntry(EntryKind kind, const QByteArray &payload, qint64 timeNs = 1'700'000'000'123'456'789)
{
    NewEntry entry = samples::text(payload, timeNs);
    entry.kind = kind;
    return samples::expected(EntryId(1), entry);
}

} // namespace

class EntryLinesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void composesWhatTheCellsSay_data();
    void composesWhatTheCellsSay();
    void tellsEachTime();
    void keepsOrder();
};

void EntryLinesTest::composesWhatTheCellsSay_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("ASCII") << QByteArray(R"({"type":"heartbeat"})");
    QTest::newRow("printable") << QByteArray(" ~");
    QTest::newRow("DEL") << QByteArray("a\x7f");
    QTest::newRow("escape") << QByteArray("\x1b[31mRED\x1b[0m");
    QTest::newRow("C1") << QByteArray("\xc2\x9b"
                                      "31m");
    QTest::newRow("bidi") << QByteArray("\xe2\x80\xae"
                                        "abc");
    QTest::newRow("lines") << QByteArray("a\r\nb\tc\n");
    QTest::newRow("UTF-8") << QByteArray("€ 🐟 ä");
    QTest::newRow("not UTF-8") << QByteArray("a\xff\xc3");
    for (const int size : {158, 159, 160, 161, 255, 256, 257, 5000, 1'000'000}) {
        QTest::addRow("%d", size) << QByteArray(size, 'x');
        QTest::addRow("%d, euros", size) << QByteArray("€").repeated(size / 3);
        for (const int place : {0, 158, 159, 160, 161}) {
            if (place >= size)
                continue;
            QByteArray payload(size, 'x');
            payload[place] = '\r';
            if (place + 1 < size)
                payload[place + 1] = '\n';
            QTest::addRow("%d, line break at %d", size, place) << payload;
        }
    }
}

void EntryLinesTest::composesWhatTheCellsSay()
{
    QFETCH(const QByteArray, payload);
    for (const EntryKind kind : {EntryKind::Text, EntryKind::Binary, EntryKind::Close, EntryKind::Ping, EntryKind::Pong,
                                 EntryKind::Raw, EntryKind::Event}) {
        for (const Direction direction : {Direction::In, Direction::Out, Direction::None}) {
            Entry entry = lineEntry(kind, payload);
            entry.direction = direction;
            EntryLines lines;
            lines.append(entry);
            QCOMPARE(lines.bytes(), lineOf(entry));
        }
    }
}

/// Also in the hour that comes twice, and before 1970.
void EntryLinesTest::tellsEachTime()
{
    qputenv("TZ", "Europe/Berlin");
    EntryLines lines;
    constexpr qint64 Second = 1'000'000'000;
    constexpr qint64 SetBack = 1'792'889'999; // 2026-10-25 02:59:59 +02:00
    for (const qint64 ns : {SetBack * Second + 999'999'999, (SetBack + 1) * Second, (SetBack + 1) * Second + 1000,
                            (SetBack + 3601) * Second, SetBack * Second, qint64(0), qint64(-1), -Second - 1}) {
        lines.clear();
        const Entry entry = lineEntry(EntryKind::Text, "x", ns);
        lines.append(entry);
        QCOMPARE(lines.bytes(), lineOf(entry));
    }
    qunsetenv("TZ");
}

void EntryLinesTest::keepsOrder()
{
    EntryLines lines;
    const QList<Entry> entries{lineEntry(EntryKind::Text, "one"), lineEntry(EntryKind::Text, "twelve bytes"),
                               lineEntry(EntryKind::Event, "Connected")};
    QByteArray expected;
    for (const Entry &entry : entries) {
        lines.append(entry);
        expected += lineOf(entry);
    }
    QCOMPARE(lines.bytes(), expected);
}

SOCKEYE_TEST(EntryLinesTest, QCoreApplication)
#include "tst_entrylines.moc"
