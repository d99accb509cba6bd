#include "widgets/inspector/HexPage.h"

#include "document/EntryDetails.h"
#include "library/Settings.h"
#include "reading/CaptureLoader.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/PageBar.h"
#include "widgets/hex/ByteLegend.h"
#include "widgets/hex/HexView.h"
#include "widgets/hex/ValueStrip.h"
#include "widgets/inspector/InspectorContext.h"
#include "widgets/payload/FindBar.h"
#include "widgets/style/Theme.h"

#include <QLabel>
#include <QLocale>
#include <QTabBar>
#include <QVBoxLayout>

namespace sockeye {

namespace {
constexpr int WireTab = 0;
constexpr int UnmaskedTab = 1;
constexpr int MessageTab = 2;
} // namespace

HexPage::HexPage(InspectorContext &context, QWidget *parent)
    : InspectorPage(Subject::Entry, name(), parent)
    , m_context(context)
    , m_wire(m_payload)
    , m_bar(new PageBar({tr("Wire"), tr("Unmasked"), tr("Message")}, this))
    , m_findBar(new FindBar(tr("Find in bytes"), this))
    , m_view(new HexView(this))
    , m_finder(*m_findBar, *m_view)
    , m_note(new QLabel(this))
    , m_values(new ValueStrip(this))
{
    m_bar->tabs()->setTabToolTip(WireTab, tr("The frames as they went over the wire: each header in front of its "
                                             "payload, which is masked if the frame is"));
    m_bar->tabs()->setTabToolTip(UnmaskedTab, tr("The frames, with their payload unmasked"));
    m_bar->setTabVisible(UnmaskedTab, false);
    m_bar->tabs()->setTabToolTip(MessageTab, tr("The message's payload alone"));
    m_bar->tabs()->setCurrentIndex(MessageTab);
    m_bar->tabs()->setAccessibleName(tr("Bytes shown"));
    auto *copy = new IconButton(QStringLiteral("copy"), tr("Copy the selected bytes as hex"), m_bar);
    m_bar->addWidget(copy);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setProperty("dim", true);
    m_note->setProperty("strip", QStringLiteral("bottom"));
    m_note->setIndent(0);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(theme::Gap + 2, 4, theme::Gap, 4);
    m_note->hide();

    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_findBar);
    layout->addWidget(m_view, 1);
    layout->addWidget(new ByteLegend(content));
    layout->addWidget(m_note);
    layout->addWidget(m_values);
    setContent(content);

    m_view->setSource(&m_payload);
    m_view->setBookmarks(&m_bookmarks);
    connect(m_findBar, &FindBar::ended, m_view, [this] { m_view->setFocus(Qt::OtherFocusReason); });
    connect(&context, &InspectorContext::filterMarksChanged, this,
            [this] { m_finder.setFilterMarks(m_context.filterMarks()); });
    connect(copy, &QToolButton::clicked, m_view, [this] { m_view->copy(CopyForm::Hex); });
    connect(m_bar->tabs(), &QTabBar::currentChanged, this, &HexPage::showSource);
    connect(m_view, &HexView::selectionChanged, this, &HexPage::updateSelection);
    connect(m_view, &HexView::notice, &context, &InspectorContext::notice);
    connect(m_view, &HexView::saveWanted, this, [this] { m_saver.saveSelection(*m_view, m_context.prompts()); });
    connect(&m_saver, &PayloadSaver::done, &context, &InspectorContext::notice);
    m_values->setShowsAll(Settings().value(Settings::Key::HexAllValues).toBool());
    connect(m_values, &ValueStrip::showsAllChanged, this,
            [](bool shows) { Settings().setValue(Settings::Key::HexAllValues, shows); });
    connect(m_values, &ValueStrip::valueChosen, m_view, [this](qsizetype bytes) {
        m_view->select({valuesFrom(), bytes});
    });
    connect(&m_payload, &ByteSource::arrived, this, &HexPage::updateValues);
    connect(&context, &InspectorContext::valueChosen, this, &HexPage::showValue);
    connect(&context, &InspectorContext::bytesWanted, this, &InspectorPage::raiseRequested);
}

HexPage::~HexPage()
{
    // The sources are destroyed before the view.
    disconnect(m_view, nullptr, this, nullptr);
    m_view->setSource(nullptr);
}

void HexPage::showEntry(const EntryDetails &details)
{
    m_masked = false;
    for (const FrameHeader &frame : details.frames)
        m_masked = m_masked || frame.masked;
    m_compressed = details.entry.compressed;
    m_payload.reset(m_context.loader(), details.entry.id, details.entry.size, details.entry.head);
    m_bookmarks.showEntry(m_context.loader() ? m_context.loader()->path() : QString(), details.entry.id);
    m_wire.setFrames(details.frames, m_compressed);
    m_bar->tabs()->setTabEnabled(WireTab, !details.frames.isEmpty());
    const bool hasMask = m_masked && !m_compressed;
    if (!hasMask && m_bar->tabs()->currentIndex() == UnmaskedTab)
        m_bar->tabs()->setCurrentIndex(WireTab);
    m_bar->setTabVisible(UnmaskedTab, hasMask);
    m_wire.setMasked(hasMask && m_bar->tabs()->currentIndex() == WireTab);
    if (details.entry.size == 0 && details.frames.isEmpty())
        showPlaceholder(tr("This entry has no bytes."));
    else
        showContent();
    m_finder.sourceChanged();
    updateNote();
    updateValues();
}

bool HexPage::canFind() const
{
    return m_view->source()->size() > 0;
}

void HexPage::find()
{
    m_findBar->begin();
}

void HexPage::clear()
{
    m_payload.clear();
    m_finder.sourceChanged();
    updateValues();
}

bool HexPage::showsWire() const
{
    return m_view->source() == &m_wire;
}

/// Shows the bytes that the bar names. The selected bytes stay selected, at their new place.
void HexPage::showSource()
{
    const ByteSource *before = m_view->source();
    const HexRange selected = m_view->selection();
    const std::optional<ByteOffset> payload = before->payloadOffset(selected.first);
    ByteSource *source = &m_payload;
    if (m_bar->tabs()->currentIndex() != MessageTab)
        source = &m_wire;
    m_wire.setMasked(m_masked && !m_compressed && m_bar->tabs()->currentIndex() == WireTab);
    m_view->setSource(source);
    if (!selected.isEmpty() && payload) {
        const ByteOffset first = source->offsetOfPayload(*payload);
        m_view->select({first, std::min(selected.length, source->size() - first.value())});
    }
    m_finder.sourceChanged();
    updateNote();
    updateValues();
}

/// Selects what is chosen on the page Message: in the frames, too, where the header of one may stand in between.
void HexPage::showValue(HexRange range)
{
    if (isVisible() || range.end().value() > m_payload.size())
        return;
    m_view->selectPayload(range);
}

void HexPage::updateNote()
{
    QString text;
    if (showsWire()) {
        if (m_compressed)
            text = tr("The payload is shown inflated, behind the headers of its frames.");
        else if (m_masked && m_bar->tabs()->currentIndex() == UnmaskedTab)
            text = tr("The payload is shown unmasked.");
    }
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void HexPage::updateSelection()
{
    updateValues();
    // A page that nobody sees says nothing in the status bar.
    if (!isVisible())
        return;
    const HexRange range = m_view->selection();
    if (const auto byte = m_view->source()->payloadOffset(range.first); byte && !range.isEmpty())
        Q_EMIT m_context.byteChosen(*byte);
    if (range.isEmpty()) {
        Q_EMIT m_context.selectionText({});
        return;
    }
    const bool wire = showsWire();
    const qint64 first = range.first.value();
    if (range.length == 1) {
        Q_EMIT m_context.selectionText((wire ? tr("wire byte %1") : tr("byte %1")).arg(first));
        return;
    }
    Q_EMIT m_context.selectionText((wire ? tr("wire bytes %1–%2 (%3)") : tr("bytes %1–%2 (%3)"))
                                       .arg(first)
                                       .arg(range.end().value() - 1)
                                       .arg(range.length));
}

/// The place whose values are shown.
ByteOffset HexPage::valuesFrom() const
{
    const HexRange selected = m_view->selection();
    return selected.isEmpty() ? m_view->caret() : selected.first;
}

void HexPage::updateValues()
{
    const ByteOffset from = valuesFrom();
    QByteArray bytes;
    for (int i = 0; i < ValueStrip::MaxBytes; ++i) {
        const std::optional<quint8> byte = m_view->source()->at(from + i).value;
        if (!byte)
            break;
        bytes += static_cast<char>(*byte);
    }
    m_values->setBytes(bytes);
}

} // namespace sockeye
