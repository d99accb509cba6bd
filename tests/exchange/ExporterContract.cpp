#include "exchange/ExporterContract.h"

#include "exchange/TestDevices.h"

#include <QBuffer>

#include <algorithm>

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<CaptureReader> openCapture(SampleCapture &capture)
{
    auto reader = CaptureReader::open(capture.path());
    if (!reader)
        qFatal("%s", qPrintable(reader.message()));
    return std::move(reader).value();
}

ConnectionId addConnection(SampleCapture &capture)
{
    ConnectionRecord record;
    record.url = u"ws://localhost:9001/"_s;
    record.started = capture.nextTime();
    return capture.addConnection(record);
}

void addMany(SampleCapture &capture, int count)
{
    const ConnectionId connection = addConnection(capture);
    for (int i = 0; i < count; ++i)
        capture.addMessage(connection, Direction::In, Opcode::Text, "message " + QByteArray::number(i));
}

bool mentionsASecret(const QByteArray &out)
{
    return out.contains(SampleCapture::Password) || out.contains(SampleCapture::Token) ||
           out.contains(SampleCapture::Bearer) || out.contains(SampleCapture::Cookie);
}

} // namespace

const Exporter &ExporterContract::exporter() const
{
    const Exporter *found = findExporter(exporterName());
    if (!found)
        qFatal("no exporter %s", qPrintable(exporterName()));
    return *found;
}

QByteArray ExporterContract::exported(SampleCapture &capture, const ExportOptions &options) const
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const auto written = exporter().write(*openCapture(capture), out, options, CancelToken(), ExportProgress());
    if (!written)
        QTest::qFail(qPrintable(written.message()), __FILE__, __LINE__);
    return out.data();
}

void ExporterContract::isOffered()
{
    QVERIFY(exporters().contains(&exporter()));
    QVERIFY(!exporter().description().isEmpty());
    QVERIFY2(exporter().description().contains(u"*."_s + exporter().suffix()), qPrintable(exporter().description()));
}

void ExporterContract::emptyCapture()
{
    SampleCapture capture;
    verifyWellFormed(exported(capture));
}

void ExporterContract::everyKind()
{
    SampleCapture capture;
    capture.addEverything();
    QCOMPARE(capture.entryCount(), SampleCapture::EntriesOfEverything);
    const QByteArray out = exported(capture);
    verifyWellFormed(out);
    QCOMPARE(payloadOf(out, 0), asWritten("hello"));
    QCOMPARE(payloadOf(out, 1), asWritten(SampleCapture::trickyText()));
    QCOMPARE(payloadOf(out, 2), asWritten(QByteArray("\x00\xff\x10", 3)));
    QCOMPARE(payloadOf(out, 5), asWritten(QByteArray("lorem \xe2\x82\xac ").repeated(200)));
}

void ExporterContract::verifyPayload(SampleCapture &capture, Opcode opcode, const QByteArray &payload) const
{
    capture.addMessage(addConnection(capture), Direction::In, opcode, payload);
    const QByteArray out = exported(capture);
    verifyWellFormed(out);
    // Not QCOMPARE: a difference in megabytes helps nobody.
    QVERIFY(payloadOf(out, 0) == asWritten(payload));
}

void ExporterContract::emptyPayloads()
{
    SampleCapture capture;
    const ConnectionId connection = addConnection(capture);
    for (const Opcode opcode : {Opcode::Text, Opcode::Binary, Opcode::Ping, Opcode::Pong, Opcode::Close})
        capture.addMessage(connection, Direction::Out, opcode, QByteArray());
    const QByteArray out = exported(capture);
    verifyWellFormed(out);
    for (int message = 0; message < 4; ++message)
        QCOMPARE(payloadOf(out, message), QByteArray());
}

void ExporterContract::invalidUtf8()
{
    SampleCapture capture;
    verifyPayload(capture, Opcode::Text, "a" + QByteArray("\xe2\x82\xac").repeated(300'000) + "\xff");
    SampleCapture another;
    verifyPayload(another, Opcode::Text, "\xc3\x28 overlong \xc0\xaf surrogate \xed\xa0\x80 cut \xe2\x82");
}

void ExporterContract::largeBinary()
{
    QByteArray payload(3 * 1024 * 1024 + 1, Qt::Uninitialized);
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>((i * 7919) >> 3);
    SampleCapture capture;
    verifyPayload(capture, Opcode::Binary, payload);
}

void ExporterContract::largeText()
{
    // Characters of three bytes and an odd start: every boundary between parts cuts one somewhere.
    SampleCapture capture;
    verifyPayload(capture, Opcode::Text, "a" + QByteArray("\xe2\x82\xac").repeated(1024 * 1024));
}

void ExporterContract::masksSecrets()
{
    SampleCapture capture;
    capture.addEverything();
    const QByteArray out = exported(capture);
    QVERIFY2(!mentionsASecret(out), out.constData());
    QVERIFY(out.contains("***"));
    QVERIFY(out.contains("example.com:9001"));
}

void ExporterContract::keepsSecrets()
{
    SampleCapture capture;
    capture.addEverything();
    ExportOptions options;
    options.keepSecrets = true;
    const QByteArray out = exported(capture, options);
    verifyWellFormed(out);
    QVERIFY(out.contains(SampleCapture::Password));
    QVERIFY(out.contains(SampleCapture::Token));
    QVERIFY(!out.contains("***"));
}

void ExporterContract::writesNotes()
{
    SampleCapture capture;
    const ConnectionId connection = addConnection(capture);
    capture.addMessage(connection, Direction::In, Opcode::Text, "one");
    capture.addMessage(connection, Direction::In, Opcode::Text, "two");
    const QByteArray without = exported(capture);
    QVERIFY(!without.contains(annotationAsWritten()));

    SampleCapture annotated;
    const ConnectionId same = addConnection(annotated);
    annotated.addMessage(same, Direction::In, Opcode::Text, "one");
    annotated.addMessage(same, Direction::In, Opcode::Text, "two");
    annotated.annotate(EntryId(2),
                       {true, 2, u"see \"this\"\nws://h/?token=%1"_s.arg(QLatin1StringView(SampleCapture::Token))});
    const QByteArray out = exported(annotated);
    verifyWellFormed(out);
    QVERIFY2(out.contains(annotationAsWritten()), out.constData());
    QVERIFY(!mentionsASecret(out));
    ExportOptions keeping;
    keeping.keepSecrets = true;
    QVERIFY(mentionsASecret(exported(annotated, keeping)));
}

void ExporterContract::writesMatchesOnly()
{
    SampleCapture capture;
    const ConnectionId connection = addConnection(capture);
    capture.addMessage(connection, Direction::In, Opcode::Text, "from the peer");
    capture.addMessage(connection, Direction::Out, Opcode::Text, "from us");
    ExportOptions options;
    options.query = EntryQuery::of(filter::DirectionIs{{Direction::Out}});
    const QByteArray out = exported(capture, options);
    verifyWellFormed(out);
    QVERIFY(!out.contains("from the peer"));
    QVERIFY(out.contains("from us"));
}

void ExporterContract::tellsProgress()
{
    constexpr int Count = 20'000;
    SampleCapture capture;
    addMany(capture, Count);
    QList<qint64> done;
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const auto written = exporter().write(*openCapture(capture), out, {}, CancelToken(), [&](qint64 now, qint64 total) {
        QCOMPARE(total, Count);
        done += now;
    });
    QVERIFY2(written.ok(), qPrintable(written.message()));
    QVERIFY(!done.isEmpty());
    QCOMPARE(done.last(), Count);
    QVERIFY(std::is_sorted(done.begin(), done.end()));
}

void ExporterContract::cancelledBefore()
{
    SampleCapture capture;
    capture.addEverything();
    CancelToken cancel;
    cancel.cancel();
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const auto written = exporter().write(*openCapture(capture), out, {}, cancel, ExportProgress());
    QVERIFY(!written.ok());
    QCOMPARE(written.message(), u"The export was cancelled."_s);
}

void ExporterContract::cancelledWithinManyEntries()
{
    SampleCapture capture;
    addMany(capture, 50'000);
    const qint64 whole = exported(capture).size();
    CancelToken cancel;
    WatchedDevice out([&cancel] { cancel.cancel(); });
    const auto written = exporter().write(*openCapture(capture), out, {}, cancel, ExportProgress());
    QVERIFY(!written.ok());
    QVERIFY2(out.written() < whole / 2, qPrintable(QString::number(out.written())));
}

void ExporterContract::cancelledWithinAPayload()
{
    constexpr qint64 Size = 16 * 1024 * 1024;
    SampleCapture capture;
    capture.addMessage(addConnection(capture), Direction::In, Opcode::Binary, QByteArray(Size, '\xff'));
    CancelToken cancel;
    WatchedDevice out([&cancel] { cancel.cancel(); });
    const auto written = exporter().write(*openCapture(capture), out, {}, cancel, ExportProgress());
    QVERIFY(!written.ok());
    QVERIFY2(out.written() < Size / 2, qPrintable(QString::number(out.written())));
}

void ExporterContract::cancelledWithoutMatches()
{
    SampleCapture capture;
    addMany(capture, 50'000);
    ExportOptions options;
    options.query = EntryQuery::of(filter::KindIs{{EntryKind::Raw}});
    CancelToken cancel;
    qint64 reached = 0;
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const auto written = exporter().write(*openCapture(capture), out, options, cancel, [&](qint64 done, qint64) {
        reached = done;
        cancel.cancel();
    });
    // The first report may come at the very end where the machine is fast; then there was nothing left to cancel.
    QVERIFY(!written.ok() || reached == 50'000);
}

void ExporterContract::failingDevice_data()
{
    QTest::addColumn<qint64>("room");
    QTest::newRow("at once") << qint64(0);
    QTest::newRow("soon") << qint64(100);
    QTest::newRow("within the payload") << qint64(600'000);
}

void ExporterContract::failingDevice()
{
    QFETCH(qint64, room);
    SampleCapture capture;
    capture.addEverything();
    capture.addMessage(ConnectionId(1), Direction::In, Opcode::Binary, QByteArray(1024 * 1024, '\xff'));
    FailingDevice out(room);
    const auto written = exporter().write(*openCapture(capture), out, {}, CancelToken(), ExportProgress());
    QVERIFY(!written.ok());
    QVERIFY2(written.message().contains(u"No space left on device"_s), qPrintable(written.message()));
}

void ExporterContract::slowDevice()
{
    SampleCapture capture;
    capture.addEverything();
    capture.addMessage(ConnectionId(1), Direction::In, Opcode::Binary, QByteArray(300'000, '\xa5'));
    SlowDevice out;
    const auto written = exporter().write(*openCapture(capture), out, {}, CancelToken(), ExportProgress());
    QVERIFY2(written.ok(), qPrintable(written.message()));
    QVERIFY(out.bytes() == exported(capture));
}

} // namespace sockeye
