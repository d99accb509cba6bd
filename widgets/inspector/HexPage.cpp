#include "widgets/inspector/HexPage.h"

#include "widgets/hex/HexView.h"
#include "widgets/controls/PageBar.h"
#include "widgets/controls/PageStack.h"
#include "widgets/hex/ValueStrip.h"
#include "widgets/controls/IconButton.h"
#include "widgets/style/Theme.h"

#include <QLabel>
#include <QLocale>
#include <QTabBar>
#include <QVBoxLayout>

namespace sockeye {

namespace {
constexpr int WireTab = 0;
constexpr int MessageTab = 1;
} // namespace

HexPage::HexPage(QWidget *parent)
    : QWidget(parent)
    , m_bar(new PageBar({tr("Wire"), tr("Message")}, this))
    , m_view(new HexView(this))
    , m_note(new QLabel(this))
    , m_values(new ValueStrip(this))
{
    setAccessibleName(tr("Hex"));
    m_bar->tabs()->setTabToolTip(WireTab, tr("The frames: each header in front of its payload"));
    m_bar->tabs()->setTabToolTip(MessageTab, tr("The message's payload alone"));
    m_bar->tabs()->setCurrentIndex(MessageTab);
    m_bar->tabs()->setAccessibleName(tr("Bytes shown"));
    auto *copy = new IconButton(QStringLiteral("copy"), tr("Copy the selected bytes as hex"), m_bar);
    m_bar->addWidget(copy);
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
    layout->addWidget(m_view, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_values);
    m_stack = new PageStack(content, this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_stack);

    m_view->setBytes(&m_bytes);
    connect(copy, &QToolButton::clicked, m_view, [this] { m_view->copy(CopyForm::Hex); });
    connect(m_bar->tabs(), &QTabBar::currentChanged, this, &HexPage::setMode);
    connect(m_view, &HexView::selectionChanged, this, &HexPage::updateSelection);
    connect(m_view, &HexView::notice, this, &HexPage::notice);
    connect(&m_bytes, &HexBytes::arrived, this, &HexPage::updateValues);
}

HexPage::~HexPage()
{
    // Letting go of the bytes must tell nobody any more.
    disconnect(m_view, nullptr, this, nullptr);
    m_view->setBytes(nullptr);
}

void HexPage::show(CaptureLoader *loader, const EntryDetails &details)
{
    m_masked = false;
    for (const FrameHeader &frame : details.frames)
        m_masked = m_masked || frame.masked;
    m_compressed = details.entry.compressed;
    m_bytes.show(loader, details.entry, details.frames);
    m_bar->tabs()->setTabEnabled(WireTab, !details.frames.isEmpty());
    if (details.entry.size == 0 && details.frames.isEmpty())
        m_stack->showWords(tr("This entry has no bytes."));
    else
        m_stack->showContent();
    updateNote();
    updateValues();
}

void HexPage::showWords(const QString &text)
{
    m_bytes.clear();
    updateValues();
    m_stack->showWords(text);
}

void HexPage::setMode(int tab)
{
    const HexRange selected = m_view->selection();
    const std::optional<ByteOffset> payload = m_bytes.payloadOffset(selected.first);
    m_bytes.setMode(tab == WireTab ? HexBytes::Mode::Wire : HexBytes::Mode::Message);
    // What was chosen stays chosen, where it stands now.
    if (!selected.isEmpty() && payload) {
        const ByteOffset first = m_bytes.offsetOfPayload(*payload);
        m_view->select({first, std::min(selected.length, m_bytes.size() - first.value())});
    }
    updateNote();
    updateValues();
}

void HexPage::updateNote()
{
    QString text;
    if (m_bytes.mode() == HexBytes::Mode::Wire) {
        if (m_compressed)
            text = tr("The payload is shown inflated, behind the headers of its frames.");
        else if (m_masked)
            text = tr("The payload is shown unmasked.");
    }
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void HexPage::updateSelection()
{
    updateValues();
    const HexRange range = m_view->selection();
    if (range.isEmpty()) {
        Q_EMIT selectionText({});
        return;
    }
    const bool wire = m_bytes.mode() == HexBytes::Mode::Wire;
    const qint64 first = range.first.value();
    if (range.length == 1) {
        Q_EMIT selectionText((wire ? tr("wire byte %1") : tr("byte %1")).arg(first));
        return;
    }
    Q_EMIT selectionText((wire ? tr("wire bytes %1–%2 (%3)") : tr("bytes %1–%2 (%3)"))
                             .arg(first)
                             .arg(range.end().value() - 1)
                             .arg(range.length));
}

void HexPage::updateValues()
{
    const HexRange selected = m_view->selection();
    const ByteOffset from = selected.isEmpty() ? m_view->caret() : selected.first;
    QByteArray bytes;
    for (int i = 0; i < ValueStrip::MaxBytes; ++i) {
        const std::optional<quint8> byte = m_bytes.at(from + i).value;
        if (!byte)
            break;
        bytes += static_cast<char>(*byte);
    }
    m_values->setBytes(bytes);
}

} // namespace sockeye
