#pragma once

#include "widgets/notify/NoticePresenter.h"

#include <memory>

class QSystemTrayIcon;

namespace sockeye {

/// Shows notices by an icon in the desktop's tray, which is there only while a connection is watched or a
/// notice has not been looked at. On a desktop
/// without a tray the window asks for attention in the desktop's own way, such as a flashing entry in its task bar.
class DesktopPresenter final : public NoticePresenter
{
    Q_OBJECT

public:
    /// The window outlives it.
    explicit DesktopPresenter(QWidget &window);
    ~DesktopPresenter() override;

    void setReady(bool ready) override;
    void show(const NoticeText &notice) override;

private:
    QWidget &m_window;
    std::unique_ptr<QSystemTrayIcon> m_tray;
};

} // namespace sockeye
