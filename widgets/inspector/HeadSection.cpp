#include "widgets/inspector/HeadSection.h"

#include "base/Bytes.h"
#include "widgets/style/IconButton.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int MaxLines = 24;
/// Of a refused handshake's body; the Copy button takes all of it.
constexpr qsizetype MaxShown = 64 * 1024;

/// Each byte has a character, even where the peer wrote no UTF-8.
QString headText(const QByteArray &bytes)
{
    return isValidUtf8(bytes) ? textFromUtf8(bytes) : QString::fromLatin1(bytes);
}

} // namespace

HeadSection::HeadSection(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_text(new QPlainTextEdit(this))
{
    m_title->setProperty("heading", true);
    auto *copy = new IconButton(QStringLiteral("copy"), tr("Copy: %1").arg(title), this);
    m_text->setReadOnly(true);
    m_text->setFont(theme::dataFont());
    m_text->setAccessibleName(title);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addLayout(header);
    layout->addWidget(m_text);
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(headText(m_bytes)); });
}

void HeadSection::setTitle(const QString &title)
{
    m_title->setText(title);
}

void HeadSection::setBytes(const QByteArray &bytes)
{
    if (bytes == m_bytes)
        return;
    m_bytes = bytes;
    QString text = headText(bytes.first(std::min(bytes.size(), MaxShown)));
    // The empty line that ends a head needs no line on the screen.
    while (text.endsWith(u'\n') || text.endsWith(u'\r'))
        text.chop(1);
    m_text->setPlainText(text);
    fitHeight();
}

void HeadSection::fitHeight()
{
    const int lines = std::clamp(m_text->blockCount(), 1, MaxLines);
    const QFontMetrics metrics(m_text->font());
    int height = lines * metrics.lineSpacing() + 2 * qRound(m_text->document()->documentMargin()) + 12;
    if (m_text->horizontalScrollBar()->maximum() > 0)
        height += m_text->horizontalScrollBar()->sizeHint().height();
    m_text->setFixedHeight(height);
}

void HeadSection::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHeight();
}

void HeadSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

} // namespace sockeye
