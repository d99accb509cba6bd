#pragma once

#include "connection/Session.h"

#include <QWidget>

class QLabel;

namespace sockeye {

class ElidedLabel;

/// What can be said of a capture opened from a file.
struct CaptureFacts
{
    qint64 entries = 0;
    qint64 fileSize = 0;
    /// The last connection's; empty if it has none.
    QString endText;
};

/// One line that says how the connection stands. For a screen reader it is a text, the whole sentence.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showStatus(const SessionStatus &status);
    void showCapture(const CaptureFacts &facts);
    /// All that it says, as plain text.
    [[nodiscard]] QString text() const { return m_text; }

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Tone : quint8 { Idle, Busy, Good, Bad };

    void showState(Tone tone, const QString &state);
    void showFacts(const QStringList &rich);
    void render();

    SessionStatus m_status;
    CaptureFacts m_capture;
    bool m_isCapture = false;
    QString m_text;
    QLabel *m_dot;
    ElidedLabel *m_state;
    QLabel *m_facts;
    /// What the dot shows now, so that it is not drawn anew sixty times a second.
    QRgb m_dotColor = 0;
};

} // namespace sockeye
