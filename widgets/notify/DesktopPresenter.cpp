#include "widgets/notify/DesktopPresenter.h"

#include "widgets/style/Icons.h"

#include <QApplication>
#include <QSystemTrayIcon>

using namespace Qt::StringLiterals;

namespace sockeye {

DesktopPresenter::DesktopPresenter(QWidget &window)
    : m_window(window)
{
}

DesktopPresenter::~DesktopPresenter() = default;

void DesktopPresenter::setReady(bool ready)
{
    if (!ready)
        m_tray.reset();
    if (!ready || m_tray || !QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_tray = std::make_unique<QSystemTrayIcon>(icons::application());
    m_tray->setToolTip(u"Sockeye"_s);
    connect(m_tray.get(), &QSystemTrayIcon::messageClicked, this, &DesktopPresenter::chosen);
    connect(m_tray.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT chosen();
    });
    m_tray->show();
}

void DesktopPresenter::show(const NoticeText &notice)
{
    // The desktop may have started its tray after the connection.
    setReady(true);
    if (!m_tray || !QSystemTrayIcon::supportsMessages()) {
        QApplication::alert(&m_window);
        return;
    }
    m_tray->showMessage(NoticeText::withoutMarkup(notice.title), NoticeText::withoutMarkup(notice.body),
                        icons::application());
}

} // namespace sockeye
