// The keys of HexView, apart from its painting and its mouse.
#include "widgets/hex/HexView.h"

#include <QKeyEvent>
#include <QScrollBar>

namespace sockeye {

namespace {

bool isCopyAsText(const QKeyEvent &event)
{
    return event.key() == Qt::Key_C && event.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
}

} // namespace

bool HexView::event(QEvent *event)
{
    // These keys are this view's while it has the focus, whatever the window's menus do with them elsewhere.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll) || isCopyAsText(*key)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (copyByKey(*event))
        return;
    if (event->matches(QKeySequence::SelectAll)) {
        if (m_layout.size() > 0)
            selectBetween(ByteOffset(0), ByteOffset(m_layout.size() - 1));
        return;
    }
    if (event->key() == Qt::Key_Escape && m_hasSelection) {
        clearSelection();
        return;
    }
    const std::optional<ByteOffset> target = keyTarget(*event);
    if (!target) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    setCaret(*target, event->modifiers().testFlag(Qt::ShiftModifier));
    ensureVisible(*target);
}

bool HexView::copyByKey(const QKeyEvent &event)
{
    if (isCopyAsText(event))
        copy(CopyForm::Text);
    else if (event.key() == Qt::Key_C && event.modifiers() == Qt::ControlModifier)
        copy(CopyForm::Hex);
    else
        return false;
    return true;
}

std::optional<ByteOffset> HexView::keyTarget(const QKeyEvent &event) const
{
    if (m_layout.size() == 0)
        return {};
    const bool whole = event.modifiers().testFlag(Qt::ControlModifier);
    const HexRange row = m_layout.rowRange(m_layout.rowOf(m_caret));
    const qint64 page = qint64{m_layout.bytesPerRow()} * verticalScrollBar()->pageStep();
    const ByteOffset last(m_layout.size() - 1);
    // Vertical moves keep the column: beyond the first or last row they stay.
    const auto vertical = [this, last](qint64 step) {
        ByteOffset to = m_caret + step;
        if (to.value() < 0)
            to = ByteOffset(m_layout.columnOf(m_caret));
        return m_layout.rowOf(to) > m_layout.rowOf(last)
                   ? m_layout.offsetAt(m_layout.rowOf(last), m_layout.columnOf(m_caret))
                   : to;
    };
    ByteOffset to;
    switch (event.key()) {
    case Qt::Key_Left:
        to = m_caret - 1;
        break;
    case Qt::Key_Right:
        to = m_caret + 1;
        break;
    case Qt::Key_Up:
        to = vertical(-m_layout.bytesPerRow());
        break;
    case Qt::Key_Down:
        to = vertical(m_layout.bytesPerRow());
        break;
    case Qt::Key_PageUp:
        to = vertical(-page);
        break;
    case Qt::Key_PageDown:
        to = vertical(page);
        break;
    case Qt::Key_Home:
        to = whole ? ByteOffset(0) : row.first;
        break;
    case Qt::Key_End:
        to = whole ? last : row.end() - 1;
        break;
    default:
        return {};
    }
    return std::clamp(to, ByteOffset(0), last);
}

} // namespace sockeye
