#include "gallery/FormatScenes.h"

#include "capture/CaptureWriter.h"
#include "formats/MessageFormats.h"
#include "gallery/Scenes.h"
#include "log/LogModel.h"
#include "widgets/formats/FormatsDialog.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"
#include "widgets/payload/ByteCompareView.h"
#include "widgets/payload/CompareButton.h"
#include "widgets/payload/DecodedView.h"
#include "widgets/payload/NodeView.h"
#include "widgets/structs/StructEditor.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"
#include "wire/FrameEncoder.h"

#include <QApplication>
#include <QFile>
#include <QMenu>
#include <QSplitter>
#include <QTabWidget>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace sockeye::gallery {

namespace {

constexpr qint64 FormatsStarted = 1'795'363'200'000'000'000; // 2026-11-22T16:00:00Z

/// Room for two messages side by side.
constexpr int WideInspector = 700;

const char *const SensorText = R"(// What a sensor sends.
enum Kind : u8 { ping = 1, data = 2 }

struct Reading {
    u32 time unix;
    i16 celsius scale 0.01;
}

struct Sensor {
    u16 magic = 0xBEEF;
    Kind kind;
    u8 flags { ack: 1, urgent: 1, level: 4 };
    u8 count;
    Reading readings[count];
    u8 length;
    u8 note[length] as json;
}
)";

const char *const OrderText = R"(syntax = "proto3";

package shop.v1;

message Order {
  string id = 1;
  repeated Item items = 2;
}

message Item {
  string name = 1;
  uint32 count = 2;
}
)";

template<typename T>
QByteArray little(T value)
{
    QByteArray bytes(sizeof(T), Qt::Uninitialized);
    qToLittleEndian(value, bytes.data());
    return bytes;
}

/// As SensorText has it.
QByteArray sensorMessage(int n)
{
    const QByteArray note =
        R"({"room":")" + QByteArray::number(100 + n % 3) + R"(","battery":)" + QByteArray::number(93 - n) + '}';
    QByteArray bytes = little<quint16>(0xBEEF) + char(2) + char(n % 2 == 0 ? 0x0d : 0x0f) + char(2);
    for (int i = 0; i < 2; ++i)
        bytes += little<quint32>(1'795'363'200U + static_cast<quint32>(60 * (2 * n + i))) +
                 little<qint16>(static_cast<qint16>(2150 + 25 * n + 7 * i));
    return bytes + char(note.size()) + note;
}

/// In no format that is known.
QByteArray firmwareBlock(int n)
{
    QByteArray bytes("\xc1\x0fKF", 4);
    for (int i = 0; i < 160; ++i)
        bytes += static_cast<char>((i * 37 + i * i * 11) % 251);
    bytes[40] = static_cast<char>(n);
    bytes.replace(64, 2, little(static_cast<quint16>(40'000 + 1'111 * n)));
    return n % 2 == 0 ? bytes : bytes.insert(100, "patch " + QByteArray::number(n));
}

void makeDeviceCapture(const QString &path)
{
    const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path);
    require(writer.ok(), "The capture cannot be made");
    qint64 now = FormatsStarted;
    ConnectionRecord record;
    record.id = writer.value()->newConnectionId();
    record.url = u"wss://gateway.example.com/devices"_s;
    record.started = timestampFromNs(now);
    writer.value()->put(record);
    writer.value()->append(
        NewEntry::fromEvent(record.id, record.started, EventKind::Open, u"Connected · 101 Switching Protocols"_s));
    const auto add = [&](Direction direction, EntryKind kind, const QByteArray &payload) {
        constexpr qint64 Step = 481'370'000;
        FrameSpec spec;
        spec.opcode = kind == EntryKind::Text ? Opcode::Text : Opcode::Binary;
        if (direction == Direction::Out)
            spec.maskKey = {0x37, 0xfa, 0x21, 0x3d};
        NewEntry entry;
        entry.connection = record.id;
        entry.time = timestampFromNs(now += Step);
        entry.direction = direction;
        entry.kind = kind;
        entry.payload = payload;
        entry.frames.append(makeHeader(spec, quint64(payload.size())));
        entry.wireSize = payload.size() + entry.frames[0].size;
        writer.value()->append(std::move(entry));
    };
    for (int n = 0; n < 14; ++n) {
        add(Direction::In, EntryKind::Binary, sensorMessage(n));
        if (n % 3 == 1)
            add(Direction::In, EntryKind::Text,
                R"({"type":"status","device":"kitchen","uptime":)" + QByteArray::number(3600 + 17 * n) +
                    R"(,"firmware":"2.4.1","ok":true})");
        if (n % 4 == 3)
            add(Direction::Out, EntryKind::Binary, firmwareBlock(n / 4));
    }
    record.ended = timestampFromNs(now);
    record.endKind = EndKind::Clean;
    record.closeCode = 1000;
    record.endText = u"Closed by us with 1000 (normal closure)"_s;
    writer.value()->put(record);
    require(writer.value()->finish().ok(), "The capture cannot be written");
}

QString makeSchema(const QDir &folder)
{
    const QString name = u"shop/protos"_s;
    require(folder.mkpath(name), "No folder for the schema");
    QFile file(folder.filePath(name + u"/order.proto"_s));
    require(file.open(QIODevice::WriteOnly) && file.write(OrderText) > 0, "The schema cannot be written");
    // A place that is another one each time is of no use in a picture.
    require(QDir::setCurrent(folder.path()), "The folder cannot be gone to");
    return name;
}

/// Under its name in one theme, or in both.
void takeInThemes(QWidget &widget, const QDir &directory, const QString &name, bool all)
{
    take(widget, directory, name + u".png"_s);
    if (!all)
        return;
    theme::apply(*qApp, theme::Scheme::Dark);
    take(widget, directory, name + u"-dark.png"_s);
    theme::apply(*qApp, theme::Scheme::Light);
}

/// The last entry that is such.
EntryId lastEntry(const DocumentTab &tab, EntryKind kind, Direction direction)
{
    const LogModel &model = *tab.view()->model();
    for (EntryId id = model.lastEntry(); id.value() > 0; id = id - 1) {
        static_cast<void>(model.data(model.index(model.rowOf(id).value(), 0)));
        require(QTest::qWaitFor([&] { return model.entry(id) != nullptr; }, 20'000), "An entry was not read");
        if (model.entry(id)->kind == kind && model.entry(id)->direction == direction)
            return id;
    }
    qFatal("There is no such entry");
}

/// What divides the log from the inspector.
QSplitter &splitterAround(QWidget &inspector)
{
    for (QWidget *part = &inspector; part; part = part->parentWidget()) {
        auto *splitter = qobject_cast<QSplitter *>(part->parentWidget());
        if (splitter && splitter->orientation() == Qt::Horizontal && splitter->count() == 2)
            return *splitter;
    }
    qFatal("The inspector stands beside nothing");
}

void takeComparisons(DocumentTab &tab, const QDir &directory, bool all)
{
    Inspector &inspector = *tab.view()->inspector();
    auto *decoded = inspector.findChild<DecodedView *>();
    auto *bytes = inspector.findChild<ByteCompareView *>();
    auto *button = inspector.findChild<CompareButton *>();
    // The page is chosen by what the entry is, once that has been read.
    const auto showEntry = [&](EntryKind kind, Direction direction, const QWidget &view) {
        tab.view()->logView()->setCurrentEntry(lastEntry(tab, kind, direction));
        return QTest::qWaitFor(
            [&] {
                choosePage(tab, u"Message"_s);
                return view.isVisible();
            },
            20'000);
    };
    require(showEntry(EntryKind::Binary, Direction::In, *decoded) &&
                QTest::qWaitFor([&] { return decoded->nodes()->tree() != nullptr; }, 20'000),
            "The message was not decoded");
    Q_EMIT button->menu()->aboutToShow();
    button->menu()->actions().at(1)->trigger();
    require(QTest::qWaitFor([&] { return !decoded->bytes()->marks().isEmpty(); }, 20'000), "Nothing was compared");
    // Deep in the message, where it differs.
    const NodeTree &tree = *decoded->nodes()->tree();
    for (qint32 node = tree.size() - 1; node > 0; --node) {
        if (tree.name(node) == u"celsius")
            decoded->nodes()->setCurrentNode(node);
    }
    takeInThemes(*tab.window(), directory, u"compare"_s, all);
    require(showEntry(EntryKind::Binary, Direction::Out, *bytes), "No bytes were compared");
    // Wide enough for both beside each other.
    QSplitter &splitter = splitterAround(inspector);
    const QList<int> sizes = splitter.sizes();
    splitter.setSizes({sizes[0] + sizes[1] - WideInspector, WideInspector});
    bytes->step(true);
    takeInThemes(*tab.window(), directory, u"compare-bytes"_s, all);
    splitter.setSizes(sizes);
    Q_EMIT button->menu()->aboutToShow();
    button->menu()->actions().constFirst()->trigger();
    require(showEntry(EntryKind::Binary, Direction::In, *decoded), "The message was not decoded");
}

void takeDialog(DocumentTab &tab, const QDir &directory, bool all)
{
    tab.view()->showFormats();
    auto *dialog = tab.findChild<FormatsDialog *>();
    require(dialog, "The formats are not shown");
    auto *pages = dialog->findChild<QTabWidget *>();
    for (const auto &[page, name] :
         {std::pair(u"Rules"_s, u"formats-rules"_s), std::pair(u"Protocol Buffers"_s, u"formats-schemas"_s),
          std::pair(u"Structs"_s, u"formats-structs"_s)}) {
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->tabText(i) == page)
                pages->setCurrentIndex(i);
        }
        if (page == u"Structs")
            dialog->resize(1000, 620);
        takeInThemes(*dialog, directory, name, all);
    }
    dialog->close();
}

} // namespace

void takeFormats(MainWindow &window, const QDir &directory, const QDir &captures, bool all)
{
    const QString path = captures.filePath(u"devices.sockeye"_s);
    makeDeviceCapture(path);
    window.documents().openPath(path);
    DocumentTab *const tab = window.documents().current();
    require(tab, "The capture did not open");
    require(QTest::qWaitFor([tab] { return tab->view()->model() && tab->view()->model()->rowCount() > 15; }, 20'000),
            "The capture was not read");
    using About = DecodeRule::About;
    tab->view()->formats().setOptions({{{About::Binary, Direction::In, {}, u"struct:Sensor"_s},
                                        {About::Any, Direction::None, u"orders/+/new"_s, u"protobuf:shop.v1.Order"_s},
                                        {About::Any, Direction::None, u"blobs/#"_s, u"slice 4 > gzip > msgpack"_s},
                                        {About::Text, Direction::Out, {}, u"base64 > json"_s}},
                                       {makeSchema(captures)},
                                       {QString::fromUtf8(SensorText)}});
    require(QTest::qWaitFor([tab] { return tab->view()->formats().set()->find(u"struct:Sensor") != nullptr; }, 20'000),
            "The struct was not read");
    tab->view()->logView()->scrollToTop();
    takeComparisons(*tab, directory, all);
    takeDialog(*tab, directory, all);
}

} // namespace sockeye::gallery
