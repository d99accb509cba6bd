#include "HexViewer.h"

#include "support/TestProgram.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHash>
#include <QSignalSpy>

using namespace sockeye;
using namespace sockeye::test;

namespace {

/// A source with what its bytes must be.
struct Sample
{
    ByteSource *source;
    QByteArray bytes;
    /// Where each byte of the payload stands.
    QList<qint64> payloadPlaces;
};

QByteArray readNow(const ByteSource &source, qint64 offset, qint64 length)
{
    std::optional<Result<QByteArray>> answer;
    source.read(ByteOffset(offset), length, [&answer](Result<QByteArray> bytes) { answer = std::move(bytes); });
    const bool isRead = QTest::qWaitFor([&answer] { return answer.has_value(); });
    return isRead && answer->ok() ? answer->value() : QByteArray("not read");
}

QList<qint64> placesFrom(qint64 first, qint64 count)
{
    QList<qint64> places;
    for (qint64 i = 0; i < count; ++i)
        places += first + i;
    return places;
}

} // namespace

/// What every source of bytes keeps to, and what each does of its own.
class TestByteSource final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void payloadKeepsTheContract();
    void wireWithoutFramesKeepsTheContract();
    void wireOfFragmentsKeepsTheContract();
    void wireOfMaskedKeepsTheContract();
    void wireOfCompressedKeepsTheContract();
    void wireReadsAcrossPages();
    void wireForgetsFramesWithThePayload();
    void wireShowsHeadersBetweenFragments();
    void wireOfCompressedHasHeadersFirst();
    void wireOfCutMessageEndsWhereItEnds();
    void hugePayloadOpensAtOnce();
    void latePagesOfAnOlderEntryAreDropped();

private:
    /// The contract of ByteSource, for one that holds these bytes.
    static void checkContract(const Sample &sample);
};

void TestByteSource::checkContract(const Sample &sample)
{
    const ByteSource &source = *sample.source;
    const QByteArray &bytes = sample.bytes;
    QCOMPARE(source.size(), bytes.size());
    // Each byte comes, at once or after arrived().
    QVERIFY(QTest::qWaitFor([&source] {
        bool areAllHere = true;
        for (qint64 i = 0; i < source.size(); ++i)
            areAllHere = source.at(ByteOffset(i)).value.has_value() && areAllHere;
        return areAllHere;
    }));
    QHash<qint64, qint64> payloadOffsets;
    for (const qint64 place : sample.payloadPlaces)
        payloadOffsets.insert(place, payloadOffsets.size());
    for (qint64 i = 0; i < source.size(); ++i) {
        const ByteOffset offset(i);
        const ByteSource::Byte byte = source.at(offset);
        QCOMPARE(byte.value, std::optional(static_cast<quint8>(bytes[i])));
        // A byte is either a header's or has its place in the payload, and back.
        const qint64 inPayload = payloadOffsets.value(i, -1);
        QCOMPARE(byte.isHeader, inPayload < 0);
        QCOMPARE(source.payloadOffset(offset), inPayload < 0 ? std::nullopt : std::optional(ByteOffset(inPayload)));
        if (inPayload >= 0)
            QCOMPARE(source.offsetOfPayload(ByteOffset(inPayload)), offset);
    }
    // Outside there is nothing.
    for (const qint64 outside : {qint64(-1), source.size(), source.size() + 1'000'000}) {
        QVERIFY(!source.at(ByteOffset(outside)).value);
        QVERIFY(!source.payloadOffset(ByteOffset(outside)));
    }
    QCOMPARE(source.offsetOfPayload(ByteOffset(sample.payloadPlaces.size())), ByteOffset(source.size()));
    // Ranges, with one that reaches beyond the end.
    QCOMPARE(readNow(source, 0, source.size()), bytes);
    QCOMPARE(readNow(source, 1, 2), bytes.mid(1, 2));
    QCOMPARE(readNow(source, source.size() - 1, 100), bytes.right(1));
    QCOMPARE(readNow(source, 0, 0), QByteArray());
    // A reset is told.
    QSignalSpy reset(sample.source, &ByteSource::sourceReset);
    auto *paged = qobject_cast<PagedBytes *>(sample.source);
    auto *wire = qobject_cast<WireBytes *>(sample.source);
    if (paged)
        paged->clear();
    if (wire)
        wire->setFrames({}, false);
    QCOMPARE(reset.size(), 1);
}

void TestByteSource::payloadKeepsTheContract()
{
    // Longer than the head that is known without reading, and than a page.
    const QByteArray bytes = counting(PagedBytes::PageSize + 300);
    Viewer viewer(bytes);
    checkContract({&viewer.payload, bytes, placesFrom(0, bytes.size())});
    QCOMPARE(viewer.payload.size(), 0);
    QVERIFY(!viewer.payload.at(ByteOffset(0)).value);
}

void TestByteSource::wireWithoutFramesKeepsTheContract()
{
    Viewer viewer(QByteArrayLiteral("hello"));
    viewer.wire.setFrames({}, false);
    checkContract({&viewer.wire, QByteArrayLiteral("hello"), placesFrom(0, 5)});
}

void TestByteSource::wireOfFragmentsKeepsTheContract()
{
    Viewer viewer(fragmented());
    checkContract(
        {&viewer.wire, QByteArray::fromHex("0102") + "he" + QByteArray::fromHex("8003") + "llo", {2, 3, 6, 7, 8}});
}

/// A key of its own for each frame; its first byte is that of the frame's payload, wherever reading begins.
void TestByteSource::wireOfMaskedKeepsTheContract()
{
    NewEntry entry = fragmented();
    entry.frames.clear();
    FrameSpec first;
    first.fin = false;
    first.maskKey = std::array<quint8, 4>{0x01, 0x02, 0x03, 0x04};
    FrameSpec last;
    last.opcode = Opcode::Continuation;
    last.maskKey = std::array<quint8, 4>{0x10, 0x20, 0x30, 0x40};
    entry.frames.append(makeHeader(first, 2));
    entry.frames.append(makeHeader(last, 3));
    Viewer viewer(std::move(entry));
    viewer.wire.setMasked(true);
    checkContract({&viewer.wire,
                   QByteArray::fromHex("018201020304") + char('h' ^ 1) + char('e' ^ 2) +
                       QByteArray::fromHex("808310203040") + char('l' ^ 0x10) + char('l' ^ 0x20) + char('o' ^ 0x30),
                   {6, 7, 14, 15, 16}});
}

void TestByteSource::wireOfCompressedKeepsTheContract()
{
    NewEntry entry = fragmented();
    entry.compressed = true;
    Viewer viewer(std::move(entry));
    checkContract({&viewer.wire, QByteArray::fromHex("01028003") + "hello", placesFrom(4, 5)});
}

void TestByteSource::wireReadsAcrossPages()
{
    const QByteArray bytes = counting(2 * PagedBytes::PageSize);
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.kind = EntryKind::Binary;
    entry.payload = bytes;
    FrameSpec first;
    first.fin = false;
    FrameSpec last;
    last.opcode = Opcode::Continuation;
    const qsizetype cut = PagedBytes::PageSize + 7;
    entry.frames.append(makeHeader(first, cut));
    entry.frames.append(makeHeader(last, static_cast<quint64>(bytes.size() - cut)));
    const QByteArray second = entry.frames.last().view().toByteArray();
    const qint64 headerAt = entry.frames.first().size + cut;
    Viewer viewer(std::move(entry));
    QCOMPARE(readNow(viewer.wire, headerAt - 10, 20 + second.size()),
             bytes.mid(cut - 10, 10) + second + bytes.mid(cut, 10));
}

void TestByteSource::wireForgetsFramesWithThePayload()
{
    Viewer viewer(fragmented());
    viewer.payload.clear();
    QCOMPARE(viewer.wire.size(), 0);
}

void TestByteSource::wireShowsHeadersBetweenFragments()
{
    Viewer viewer(fragmented());
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  68 65 6c 6c 6f  hello"));
    viewer.showWire();
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  01 02 68 65 80 03 6c 6c 6f  ··he··llo"));
    QVERIFY(viewer.wire.at(ByteOffset(0)).isHeader);
    QVERIFY(!viewer.wire.at(ByteOffset(2)).isHeader);
    QVERIFY(viewer.wire.at(ByteOffset(5)).isHeader);
    QCOMPARE(viewer.wire.payloadOffset(ByteOffset(6)), ByteOffset(2));
    QVERIFY(!viewer.wire.payloadOffset(ByteOffset(4)));
    QCOMPARE(viewer.wire.offsetOfPayload(ByteOffset(4)), ByteOffset(8));
}

void TestByteSource::wireOfCompressedHasHeadersFirst()
{
    NewEntry entry = fragmented();
    entry.compressed = true;
    Viewer viewer(std::move(entry));
    viewer.showWire();
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  01 02 80 03 68 65 6c 6c 6f  ····hello"));
}

void TestByteSource::wireOfCutMessageEndsWhereItEnds()
{
    NewEntry entry = fragmented();
    entry.payload = QByteArrayLiteral("hel");
    entry.complete = false;
    Viewer viewer(std::move(entry));
    viewer.showWire();
    QCOMPARE(viewer.wire.size(), 7);
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  01 02 68 65 80 03 6c  ··he··l"));
}

void TestByteSource::hugePayloadOpensAtOnce()
{
    constexpr qint64 Size = 64 * 1024 * 1024;
    QByteArray payload(Size, 'a');
    payload.replace(Size - 4, 4, "tail");
    Viewer viewer(payload);
    QElapsedTimer timer;
    timer.start();
    viewer.view.repaint();
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    // Only what is looked at is read: the end is not here until it was shown.
    QVERIFY(!viewer.payload.at(ByteOffset(Size / 2)).value);
    QTest::keyClick(&viewer.view, Qt::Key_End, Qt::ControlModifier);
    QTRY_VERIFY(viewer.view.visibleText().endsWith(QStringLiteral("tail")));
}

void TestByteSource::latePagesOfAnOlderEntryAreDropped()
{
    SampleCapture capture;
    capture.add(ConnectionId(1), EntryKind::Binary, QByteArray(1000, 'a'));
    capture.add(ConnectionId(1), EntryKind::Binary, QByteArray(1000, 'b'));
    CaptureLoader &loader = capture.loader();
    QSignalSpy opened(&loader, &CaptureLoader::opened);
    QVERIFY(opened.wait());
    PagedBytes bytes;
    QSignalSpy arrived(&bytes, &PagedBytes::arrived);
    bytes.reset(&loader, EntryId(1), 1000, {});
    QVERIFY(!bytes.at(ByteOffset(5)).value);
    bytes.reset(&loader, EntryId(2), 1000, {});
    QVERIFY(!bytes.at(ByteOffset(5)).value);
    QVERIFY(arrived.wait());
    QCOMPARE(bytes.at(ByteOffset(5)).value, std::optional<quint8>('b'));
    // The questions are answered in order: when the newer one was, the older one had been.
    QCOMPARE(arrived.size(), 1);
}

SOCKEYE_TEST(TestByteSource, QApplication)
#include "tst_bytesource.moc"
