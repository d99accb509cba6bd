#pragma once

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace sockeye {

class ElidedLabel;

/// The window's status bar: messages on the left; progress, the selection and the size of the current tab's capture on
/// the right.
class WindowStatusBar final : public QStatusBar
{
    Q_OBJECT

public:
    explicit WindowStatusBar(QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const;
    /// Shows the sum of what is selected; empty for none.
    void setSelection(const QString &text);
    [[nodiscard]] QString selection() const;
    /// Shows the size of this capture; empty for none.
    void setCapture(const QString &path);
    /// Shows the progress of some work until it deletes itself.
    void showProgress(QWidget *progress);

private:
    void updateSize();

    ElidedLabel *m_text;
    QLabel *m_selection;
    QLabel *m_size;
    QString m_capture;
    QTimer m_timer;
};

} // namespace sockeye
