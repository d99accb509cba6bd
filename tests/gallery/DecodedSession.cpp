#include "gallery/DecodedSession.h"

#include "capture/CaptureWriter.h"
#include "gallery/Scenes.h"
#include "log/LogModel.h"
#include "shapes/ShapeReader.h"
#include "widgets/analysis/AnalysisTool.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"
#include "widgets/payload/DecodedView.h"
#include "widgets/payload/NodeView.h"
#include "widgets/shapes/ShapesPage.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"
#include "wire/FrameEncoder.h"

#include <QApplication>
#include <QTest>
#include <QTreeView>

namespace sockeye::gallery {

namespace {

/// {"symbol":"AAPL","price":143.86} in gzip.
const QByteArray Packed =
    QByteArray::fromHex("1f8b08000000000002ffab562aaecc4dcacf51b25272740cf051d2512a28ca4c4e55b23234"
                        "31d6b330ab0500e699996a20000000");
constexpr qint64 Started = 1'795'363'200'000'000'000; // 2026-11-22T16:00:00Z
constexpr EntryId ChosenPacket(14);

QByteArray publish(const QByteArray &topic, const QByteArray &payload)
{
    const QByteArray body = char(0) + QByteArray(1, char(topic.size())) + topic + payload;
    return QByteArray(1, char(0x30)) + char(body.size()) + body;
}

class MqttSession final
{
public:
    explicit MqttSession(CaptureWriter &writer)
        : m_writer(writer)
        , m_connection(writer.newConnectionId())
    {
        m_record.id = m_connection;
        m_record.url = QStringLiteral("wss://broker.example.com:8084/mqtt");
        m_record.subprotocol = QStringLiteral("mqtt");
        m_record.started = timestampFromNs(m_now);
        writer.put(m_record);
        writer.append(NewEntry::fromEvent(m_connection, next(), EventKind::Open,
                                          QStringLiteral("Connected · 101 Switching Protocols · subprotocol mqtt")));
    }

    void add(Direction direction, const QByteArray &payload)
    {
        FrameSpec spec;
        spec.opcode = Opcode::Binary;
        if (direction == Direction::Out)
            spec.maskKey = {0x37, 0xfa, 0x21, 0x3d};
        NewEntry entry;
        entry.connection = m_connection;
        entry.time = next();
        entry.direction = direction;
        entry.kind = EntryKind::Binary;
        entry.payload = payload;
        entry.frames.append(makeHeader(spec, quint64(payload.size())));
        entry.wireSize = payload.size() + entry.frames[0].size;
        m_writer.append(std::move(entry));
    }

    void end()
    {
        m_record.ended = next();
        m_record.endKind = EndKind::Clean;
        m_record.closeCode = 1000;
        m_record.endText = QStringLiteral("Closed by us with 1000 (normal closure)");
        m_writer.put(m_record);
    }

private:
    Timestamp next()
    {
        constexpr qint64 Step = 36'437'000;
        return timestampFromNs(m_now += Step);
    }

    CaptureWriter &m_writer;
    ConnectionId m_connection;
    ConnectionRecord m_record;
    qint64 m_now = Started;
};

void makeMqttCapture(const QString &path)
{
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path);
    require(writer.ok(), "The capture cannot be made");
    MqttSession session(*writer.value());
    // As mqtt.js sends them on Node: a message for each field.
    for (const char *part : {"10", "14", "0004", "4d515454", "04", "02", "003c", "0008", "6b69746368656e31"})
        session.add(Direction::Out, QByteArray::fromHex(part));
    session.add(Direction::In, QByteArray::fromHex("20020000"));
    session.add(Direction::Out, QByteArray::fromHex("8210000100") + "\x0bsensors/#/+" + QByteArray(1, '\1'));
    session.add(Direction::In, QByteArray::fromHex("9003000101"));
    for (int i = 0; i < 12; ++i) {
        const QByteArray topic = "sensors/" + QByteArray::number(i % 4) + "/temp";
        const QByteArray reading = R"({"t":)" + QByteArray::number(21.5 + i * 0.25) + R"(,"at":)" +
                                   QByteArray::number(1'795'363'200 + i) + R"(,"ok":true})";
        session.add(Direction::In, publish(topic, reading));
        if (i % 4 == 3)
            session.add(Direction::In, publish("quotes/gz", Packed));
    }
    session.end();
    require(writer.value()->finish().ok(), "The capture cannot be written");
}

/// What the capture is made of, below it.
void takeShapes(MainWindow &window, const QDir &directory)
{
    const auto *page = window.findChild<ShapesPage *>();
    window.analysis().show(page);
    require(QTest::qWaitFor([page] { return page->reader() && !page->reader()->isBehind(); }, 20'000),
            "The shapes were not counted");
    page->view()->expand(page->view()->model()->index(0, 0));
    take(window, directory, QStringLiteral("shapes.png"));
    theme::apply(*qApp, theme::Scheme::Dark);
    take(window, directory, QStringLiteral("shapes-dark.png"));
    theme::apply(*qApp, theme::Scheme::Light);
    window.analysis().toggle();
}

} // namespace

void takeDecoded(MainWindow &window, const QDir &directory, const QDir &captures, bool all)
{
    const QString path = captures.filePath(QStringLiteral("broker.sockeye"));
    makeMqttCapture(path);
    window.documents().openPath(path);
    DocumentTab *const tab = window.documents().current();
    require(tab, "The capture did not open");
    require(QTest::qWaitFor([tab] { return tab->view()->model() && tab->view()->model()->rowCount() > 20; }, 20'000),
            "The capture was not read");
    tab->view()->logView()->setCurrentEntry(ChosenPacket);
    tab->view()->logView()->scrollToTop();
    choosePage(*tab, QStringLiteral("Message"));
    auto *decoded = tab->view()->inspector()->findChild<DecodedView *>();
    require(decoded && QTest::qWaitFor([decoded] { return decoded->nodes()->tree() != nullptr; }, 20'000),
            "The message was not decoded");
    // The temperature, deep in the packet.
    const NodeTree &tree = *decoded->nodes()->tree();
    for (qint32 node = 0; node < tree.size(); ++node) {
        if (tree.name(node) == u"t")
            decoded->nodes()->setCurrentNode(node);
    }
    take(window, directory, QStringLiteral("decoded.png"));
    if (!all)
        return;
    theme::apply(*qApp, theme::Scheme::Dark);
    take(window, directory, QStringLiteral("decoded-dark.png"));
    theme::apply(*qApp, theme::Scheme::Light);
    takeShapes(window, directory);
}

} // namespace sockeye::gallery
