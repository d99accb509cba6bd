#include "widgets/window/WindowStatusBar.h"

#include "base/Units.h"
#include "widgets/controls/ElidedLabel.h"
#include "widgets/style/Theme.h"

#include <QFileInfo>

#include <chrono>

namespace sockeye {

WindowStatusBar::WindowStatusBar(QWidget *parent)
    : QStatusBar(parent)
    , m_text(new ElidedLabel(this))
    , m_selection(new QLabel(this))
    , m_size(new QLabel(this))
{
    setSizeGripEnabled(false);
    setAccessibleName(tr("Status bar"));
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_text->setContentsMargins(theme::Gap, 0, theme::Gap, 0);
    addWidget(m_text, 1);
    m_selection->setAccessibleName(tr("Selected entries"));
    m_selection->setToolTip(
        tr("What is selected in the log: entries, bytes of payload, and from the first to the last"));
    m_selection->hide();
    addPermanentWidget(m_selection);
    addPermanentWidget(m_size);
    connect(&m_timer, &QTimer::timeout, this, &WindowStatusBar::updateSize);
    m_timer.setInterval(std::chrono::seconds(1));
}

void WindowStatusBar::setText(const QString &text)
{
    m_text->setText(text);
}

QString WindowStatusBar::text() const
{
    return m_text->text();
}

void WindowStatusBar::setSelection(const QString &text)
{
    m_selection->setText(text);
    m_selection->setVisible(!text.isEmpty());
}

QString WindowStatusBar::selection() const
{
    return m_selection->text();
}

void WindowStatusBar::setCapture(const QString &path)
{
    m_capture = path;
    if (path.isEmpty())
        m_timer.stop();
    else
        m_timer.start();
    updateSize();
}

void WindowStatusBar::showProgress(QWidget *progress)
{
    addPermanentWidget(progress);
    progress->show();
}

void WindowStatusBar::updateSize()
{
    // What it will be when it is closed, soon after the fact: larger payloads stand beside it until then. SQLite's
    // write-ahead log is much larger than what it adds.
    const qint64 size = QFileInfo(m_capture).size() + QFileInfo(m_capture + QStringLiteral("-payload")).size();
    m_size->setText(m_capture.isEmpty() ? QString() : tr("capture %1").arg(sizeText(size)));
}

} // namespace sockeye
