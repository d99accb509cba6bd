#pragma once

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace sockeye {

class ElidedLabel;

/// The window's last line: what is selected or was done on the left, the size of the current tab's capture on the
/// right.
class WindowStatusBar final : public QStatusBar
{
    Q_OBJECT

public:
    explicit WindowStatusBar(QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const;
    /// What is selected, in sum; empty for nothing.
    void setSelection(const QString &text);
    [[nodiscard]] QString selection() const;
    /// The capture whose size is shown; empty for none.
    void setCapture(const QString &path);
    /// Copies the capture into the file in the background, with progress and a way to cancel.
    void saveCopy(const QString &capture, const QString &target);

Q_SIGNALS:
    void saved(const QString &target);
    void saveFailed(const QString &message);

private:
    void updateSize();

    ElidedLabel *m_text;
    QLabel *m_selection;
    QLabel *m_size;
    QString m_capture;
    QTimer m_timer;
};

} // namespace sockeye
