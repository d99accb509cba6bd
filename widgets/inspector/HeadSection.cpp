#include "widgets/inspector/HeadSection.h"

#include "base/Bytes.h"
#include "widgets/style/IconButton.h"
#include "widgets/style/Theme.h"

#include <QAbstractTextDocumentLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTextOption>
#include <QVBoxLayout>
#include <QtMath>

namespace sockeye {

namespace {

/// Of a refused handshake's body; the Copy button takes all of it.
constexpr qsizetype MaxShown = 64 * 1024;

/// Each byte has a character, even where the peer wrote no UTF-8.
QString headText(const QByteArray &bytes)
{
    return isValidUtf8(bytes) ? textFromUtf8(bytes) : QString::fromLatin1(bytes);
}

/// A read-only text as high as its lines need, up to a limit.
class GrowingText final : public QPlainTextEdit
{
public:
    explicit GrowingText(QWidget *parent)
        : QPlainTextEdit(parent)
    {
        setReadOnly(true);
        setFont(theme::dataFont());
        setWordWrapMode(QTextOption::WrapAnywhere);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    void fitHeight()
    {
        // The last block's height has the lower margin in it.
        qreal height = document()->documentMargin();
        for (QTextBlock block = document()->begin(); block.isValid() && height < MaxHeight; block = block.next())
            height += document()->documentLayout()->blockBoundingRect(block).height();
        const bool fits = height < MaxHeight;
        // A bar that comes and goes would change the width, and with it the height.
        setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAlwaysOn);
        setFixedHeight(qCeil(std::min<qreal>(height, MaxHeight)) + FrameHeight);
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QPlainTextEdit::resizeEvent(event);
        fitHeight();
    }

private:
    static constexpr int MaxHeight = 400;
    /// Border and padding that the style sheet gives a text field, and a pixel for rounding.
    static constexpr int FrameHeight = 11;
};

} // namespace

HeadSection::HeadSection(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_text(new GrowingText(this))
{
    m_title->setProperty("heading", true);
    auto *copy = new IconButton(QStringLiteral("copy"), tr("Copy: %1").arg(title), this);
    m_text->setAccessibleName(title);

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
    static_cast<GrowingText *>(m_text)->fitHeight();
}

} // namespace sockeye
