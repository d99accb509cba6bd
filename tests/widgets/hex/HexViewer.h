#pragma once

#include "tests/support/SampleCapture.h"
#include "widgets/hex/HexView.h"
#include "widgets/hex/PagedBytes.h"
#include "widgets/hex/WireBytes.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QGuiApplication>

namespace sockeye::test {

/// Bytes that tell their place: the one at i is i.
inline QByteArray counting(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i);
    return bytes;
}

inline QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

/// A view of one entry of a real capture.
class Viewer final
{
public:
    explicit Viewer(NewEntry entry) { show(m_capture.add(std::move(entry))); }
    explicit Viewer(const QByteArray &bytes) { show(m_capture.add(ConnectionId(1), EntryKind::Binary, bytes)); }

    HexView view;
    PagedBytes payload;
    WireBytes wire{payload};

    void showWire() { view.setSource(&wire); }

    /// The middle of a byte in one of the columns.
    [[nodiscard]] QPoint pointOf(qint64 byte, HexLayout::Area area = HexLayout::Area::Hex) const
    {
        const HexLayout &layout = view.hexLayout();
        const ByteOffset offset(byte);
        const int column = layout.columnOf(offset);
        const int x = area == HexLayout::Area::Hex ? layout.hexX(column) + layout.hexWidth() / 2
                                                   : layout.textX(column) + layout.charWidth() / 2;
        const auto row = static_cast<int>(layout.rowOf(offset) - view.topRow());
        return {x, 6 + row * layout.rowHeight() + layout.rowHeight() / 2};
    }
    void click(qint64 byte, HexLayout::Area area = HexLayout::Area::Hex, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, pointOf(byte, area));
    }
    void drag(qint64 from, qint64 to, HexLayout::Area area)
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, pointOf(from, area));
        QTest::mouseMove(view.viewport(), pointOf(to, area));
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, pointOf(to, area));
    }

private:
    void show(EntryId id)
    {
        CaptureLoader &loader = m_capture.loader();
        bool read = false;
        loader.read(
            &view, [id](const CaptureReader &capture) { return std::pair(capture.entry(id), capture.frames(id)); },
            [this, &loader, &read](const std::pair<Result<Entry>, Result<FrameHeaders>> &answer) {
                const Entry &entry = answer.first.value();
                payload.reset(&loader, entry.id, entry.size, entry.head);
                wire.setFrames(answer.second.value(), entry.compressed);
                read = true;
            });
        view.resize(700, 300);
        view.setSource(&payload);
        view.show();
        view.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QTRY_VERIFY(read);
    }

    SampleCapture m_capture;
};

inline HexRange range(qint64 first, qint64 length)
{
    return {ByteOffset(first), length};
}

/// "hello" in two frames.
inline NewEntry fragmented()
{
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.payload = QByteArrayLiteral("hello");
    FrameSpec first;
    first.fin = false;
    FrameSpec last;
    last.opcode = Opcode::Continuation;
    entry.frames.append(makeHeader(first, 2));
    entry.frames.append(makeHeader(last, 3));
    return entry;
}

} // namespace sockeye::test
