#include "widgets/inspector/HeadSection.h"

#include "base/Bytes.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/inspector/HeadText.h"
#include "widgets/payload/FormattedJson.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace sockeye {

HeadSection::HeadSection(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new WrappedLabel(title, this))
    , m_explain(new QToolButton(this))
    , m_text(new HeadText(this))
{
    m_title->setProperty("heading", true);
    m_explain->setText(tr("Explain"));
    m_explain->setAccessibleName(tr("Explain: %1").arg(title));
    m_explain->setToolTip(tr("Say under each line what it is"));
    m_explain->setCheckable(true);
    m_explain->setChecked(true);
    m_explain->hide();
    auto *copy = new IconButton(QStringLiteral("copy"), tr("Copy: %1").arg(title), this);
    m_text->setAccessibleName(title);

    auto *header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_explain);
    header->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addLayout(header);
    layout->addWidget(m_text);
    connect(copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(isValidUtf8(m_bytes) ? textFromUtf8(m_bytes)
                                                                   : QString::fromLatin1(m_bytes));
    });
    connect(m_explain, &QToolButton::toggled, this, [this](bool explained) {
        showText();
        Q_EMIT explainedChanged(explained);
    });
}

void HeadSection::setTitle(const QString &title)
{
    m_title->showText(title);
}

void HeadSection::setBytes(const QByteArray &bytes)
{
    if (bytes == m_bytes)
        return;
    m_bytes = bytes;
    showText();
}

void HeadSection::setBody(const QByteArray &bytes)
{
    // More is not read here, and takes its time.
    constexpr qsizetype MaxFormatted = 128 * 1024;
    if (bytes == m_bytes)
        return;
    m_shown.clear();
    if (bytes.size() <= MaxFormatted)
        m_shown = indentedJson(bytes, 2 * MaxFormatted).value_or(QString()).toUtf8();
    setBytes(bytes);
}

void HeadSection::setHead(const QByteArray &bytes, const HandshakeLines &lines)
{
    if (bytes == m_bytes && lines == m_lines)
        return;
    m_bytes = bytes;
    m_lines = lines;
    m_explain->setVisible(!lines.isEmpty());
    showText();
}

void HeadSection::setExplained(bool explained)
{
    m_explain->setChecked(explained);
}

void HeadSection::showText()
{
    if (m_lines.isEmpty() || !m_explain->isChecked())
        m_text->showPlain(m_shown.isEmpty() ? m_bytes : m_shown);
    else
        m_text->showLines(m_lines);
}

void HeadSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // The text holds its colours.
    if (event->type() == QEvent::PaletteChange && !m_lines.isEmpty())
        showText();
}

} // namespace sockeye
