#pragma once

#include "library/RecentCaptures.h"
#include "profiles/Profile.h"

#include <QScrollArea>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sockeye {

class WelcomeList;

/// The page that the window shows without a tab: a line to paste in what to connect to, other ways to begin, profiles,
/// the newest captures, and what is new.
class WelcomePage final : public QScrollArea
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

    void setProfiles(const QList<Profile> &profiles);
    void setRecent(const QList<RecentCapture> &captures);
    /// Takes away what was pasted, as after it was connected to.
    void clearLine();
    /// Why what was pasted cannot be used, under its line; empty for nothing.
    void setProblem(const QString &problem);

Q_SIGNALS:
    /// Emitted when the user wants to connect to what stands in the line: a URL or a command.
    void connectRequested(const QString &text);
    void newConnectionRequested();
    void echoServerRequested();
    void openCaptureRequested();
    void whatIsNewRequested();
    void profileChosen(const QString &id);
    void captureChosen(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addTitle(QVBoxLayout &column);
    void addLine(QVBoxLayout &column);
    void addButtons(QVBoxLayout &column);
    [[nodiscard]] QPushButton *makeButton(const QString &text, const QString &toolTip);
    void connectToTyped();
    void updateIcons();

    QWidget *m_content;
    QLabel *m_logo;
    QLineEdit *m_line;
    QPushButton *m_connect;
    QLabel *m_problem;
    QPushButton *m_new;
    QPushButton *m_echo;
    QPushButton *m_open;
    WelcomeList *m_profiles;
    WelcomeList *m_recent;
    QPushButton *m_news;
};

} // namespace sockeye
