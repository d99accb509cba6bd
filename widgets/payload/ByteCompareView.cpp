#include "widgets/payload/ByteCompareView.h"

#include "base/Units.h"
#include "widgets/controls/IconButton.h"
#include "widgets/hex/HexView.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>

#include <algorithm>

namespace sockeye {

namespace {

QList<HexRange> marksOf(const ByteDiff &diff, ByteRun ByteDiff::Change::*side)
{
    QList<HexRange> marks;
    marks.reserve(static_cast<qsizetype>(diff.changes.size()));
    for (const ByteDiff::Change &change : diff.changes) {
        const ByteRun &run = change.*side;
        if (run.size > 0)
            marks.append({ByteOffset(run.begin), run.size});
    }
    return marks;
}

} // namespace

ByteCompareView::ByteCompareView(QWidget *parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_before(makeSide(tr("Bytes of the other message")))
    , m_now(makeSide(tr("Bytes of this message")))
    , m_place(new QLabel(this))
    , m_previous(new IconButton(QStringLiteral("previous"), tr("Previous change"), this))
    , m_next(new IconButton(QStringLiteral("next"), tr("Next change"), this))
{
    m_splitter->setChildrenCollapsible(false);
    m_place->setProperty("dim", true);
    m_place->setAccessibleName(tr("Changes"));
    const auto addStep = [this](IconButton *button, const QString &toolTip, Qt::Key key, bool isForward) {
        const QKeySequence keys(Qt::ALT | key);
        button->setToolTip(QStringLiteral("%1 (%2)").arg(toolTip, keys.toString(QKeySequence::NativeText)));
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, isForward] { step(isForward); });
        connect(button, &QToolButton::clicked, this, [this, isForward] { step(isForward); });
    };
    addStep(m_previous, tr("Select the change before"), Qt::Key_Up, false);
    addStep(m_next, tr("Select the next change"), Qt::Key_Down, true);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(theme::Gap + 2, 2, theme::Gap, 2);
    bar->addWidget(m_place, 1);
    bar->addWidget(m_previous);
    bar->addWidget(m_next);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_now.hex);
    follow(m_before, m_now, false);
    follow(m_now, m_before, true);
}

ByteCompareView::~ByteCompareView()
{
    // The sources are destroyed before the views.
    for (const Side &side : {m_before, m_now}) {
        disconnect(side.hex, nullptr, this, nullptr);
        side.hex->setSource(nullptr);
    }
}

ByteCompareView::Side ByteCompareView::makeSide(const QString &name)
{
    auto *pane = new QWidget(m_splitter);
    Side side{new QLabel(pane), new HexView(pane)};
    side.hex->setAccessibleName(name);
    side.title->setTextFormat(Qt::PlainText);
    side.title->setContentsMargins(theme::Gap + 2, 2, theme::Gap, 2);
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(side.title);
    layout->addWidget(side.hex, 1);
    connect(side.hex, &HexView::notice, this, &ByteCompareView::notice);
    return side;
}

void ByteCompareView::setCompared(CaptureLoader *loader, const Entry &entry, const ComparedMessage &compared)
{
    const QScopedValueRollback following(m_isFollowing, true);
    m_diff = compared.bytes;
    const auto title = [](const QString &name, qint64 size) { return tr("%1, %2").arg(name, sizeText(size)); };
    const bool isText = compared.entry == EntryId();
    m_before.title->setText(
        title(isText ? tr("Clipboard") : tr("Entry %1").arg(countText(compared.entry.value())), compared.size));
    m_now.title->setText(title(tr("Entry %1").arg(countText(entry.id.value())), entry.size));
    if (isText)
        m_text.setBytes(compared.text);
    else
        m_beforeBytes.reset(loader, compared.entry, compared.size, {});
    m_nowBytes.reset(loader, entry.id, entry.size, entry.head);
    m_before.hex->setSource(isText ? static_cast<ByteSource *>(&m_text) : &m_beforeBytes);
    m_now.hex->setSource(&m_nowBytes);
    m_before.hex->setMarks(marksOf(*m_diff, &ByteDiff::Change::before));
    m_now.hex->setMarks(marksOf(*m_diff, &ByteDiff::Change::now));
    const auto count = static_cast<qint64>(m_diff->changes.size());
    m_place->setText(count == 0   ? tr("No byte differs")
                     : count == 1 ? tr("1 change")
                                  : tr("%1 changes").arg(countText(count)));
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

void ByteCompareView::clear()
{
    if (!m_diff)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    m_diff.reset();
    m_beforeBytes.clear();
    m_nowBytes.clear();
    m_text.setBytes({});
    m_before.hex->setMarks({});
    m_now.hex->setMarks({});
}

void ByteCompareView::follow(const Side &side, const Side &other, bool isNow)
{
    connect(side.hex->verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this, side, other, isNow] { scrollAlong(side, other, isNow); });
    connect(side.hex, &HexView::selectionChanged, this,
            [this, side, other, isNow] { selectAlong(side, other, isNow); });
}

/// The bytes that belong together stand side by side, as far as rows go.
void ByteCompareView::scrollAlong(const Side &side, const Side &other, bool isNow)
{
    if (m_isFollowing || !m_diff)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    const qint64 top = side.hex->hexLayout().rowRange(side.hex->topRow()).first.value();
    const qint64 place = isNow ? m_diff->placeBefore(top) : m_diff->placeNow(top);
    other.hex->verticalScrollBar()->setValue(static_cast<int>(other.hex->hexLayout().rowOf(ByteOffset(place))));
}

void ByteCompareView::selectAlong(const Side &side, const Side &other, bool isNow)
{
    if (m_isFollowing || !m_diff)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    const HexRange selected = side.hex->selection();
    const auto place = [&](ByteOffset byte) {
        return isNow ? m_diff->placeBefore(byte.value()) : m_diff->placeNow(byte.value());
    };
    const qint64 begin = place(selected.first);
    const qint64 size = selected.isEmpty() ? 0 : place(selected.end()) - begin;
    if (size > 0)
        other.hex->select({ByteOffset(begin), size});
    else
        other.hex->clearSelection();
}

void ByteCompareView::step(bool isForward)
{
    if (!m_diff || m_diff->changes.empty())
        return;
    const std::vector<ByteDiff::Change> &changes = m_diff->changes;
    const auto begins = [](const ByteDiff::Change &change) { return change.now.begin; };
    // What was left out has no byte here, and stands before the one that is selected in the other message.
    const HexRange now = m_now.hex->selection();
    const HexRange before = m_before.hex->selection();
    const bool isNone = now.isEmpty() && before.isEmpty();
    const qint64 at = now.isEmpty() ? m_diff->placeNow(before.first.value()) : now.first.value();
    if (isForward) {
        const auto next = isNone ? changes.begin() : std::ranges::upper_bound(changes, at, {}, begins);
        select(next == changes.end() ? changes.front() : *next);
    } else {
        const auto here = isNone ? changes.begin() : std::ranges::lower_bound(changes, at, {}, begins);
        select(here == changes.begin() ? changes.back() : *std::prev(here));
    }
}

void ByteCompareView::select(const ByteDiff::Change &change)
{
    const QScopedValueRollback following(m_isFollowing, true);
    const auto selectIn = [](HexView &hex, const ByteRun &run) {
        if (run.size > 0)
            hex.select({ByteOffset(run.begin), run.size});
        else
            hex.clearSelection();
    };
    selectIn(*m_before.hex, change.before);
    selectIn(*m_now.hex, change.now);
    // Where one of them has nothing to show, it shows where that would be.
    const auto showIn = [](HexView &hex, const ByteRun &run) {
        const auto row = static_cast<int>(hex.hexLayout().rowOf(ByteOffset(run.begin)));
        const int top = hex.verticalScrollBar()->value();
        if (run.size == 0 && (row < top || row >= top + hex.verticalScrollBar()->pageStep()))
            hex.verticalScrollBar()->setValue(row);
    };
    showIn(*m_before.hex, change.before);
    showIn(*m_now.hex, change.now);
    const auto place = std::ranges::lower_bound(m_diff->changes, change.now.begin, {},
                                                [](const ByteDiff::Change &c) { return c.now.begin; });
    m_place->setText(tr("Change %1 of %2")
                         .arg(countText(place - m_diff->changes.begin() + 1),
                              countText(static_cast<qint64>(m_diff->changes.size()))));
}

/// Two of eight bytes a row.
void ByteCompareView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    HexLayout narrow = m_now.hex->hexLayout();
    narrow.setBytesPerRow(HexStyle::rowLengths.front());
    const int needed = 2 * (narrow.contentWidth() + m_now.hex->verticalScrollBar()->sizeHint().width());
    m_splitter->setOrientation(width() >= needed ? Qt::Horizontal : Qt::Vertical);
}

} // namespace sockeye
