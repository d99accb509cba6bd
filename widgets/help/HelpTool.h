#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace sockeye {

class HelpDialog;

/// Shows the help beside a window, one dialog for all pages, and what a report of a problem needs.
class HelpTool final : public QObject
{
    Q_OBJECT

public:
    /// The window is the parent.
    explicit HelpTool(QWidget *window);

    void showGuide();
    void showWhatIsNew();
    void showReport();

private:
    void show(const QString &page);

    QWidget *m_window;
    QPointer<HelpDialog> m_dialog;
};

} // namespace sockeye
