#pragma once

#include "library/RecentCaptures.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sockeye {

/// The page that the window shows without a tab: ways to begin, and the newest captures.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

    void setRecent(const QList<RecentCapture> &captures);

Q_SIGNALS:
    void newConnectionRequested();
    void echoServerRequested();
    void openCaptureRequested();
    void captureChosen(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QPushButton *makeButton(const QString &text, const QString &toolTip);
    void updateIcons();

    QLabel *m_logo;
    QPushButton *m_new;
    QPushButton *m_echo;
    QPushButton *m_open;
    QWidget *m_recent;
    QVBoxLayout *m_recentItems;
};

} // namespace sockeye
