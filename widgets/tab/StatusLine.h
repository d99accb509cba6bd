#pragma once

#include "base/Pace.h"
#include "connection/Session.h"
#include "widgets/style/StateSign.h"
#include "widgets/tab/TrafficRates.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace sockeye {

class ElidedLabel;

/// What the status line says of a capture that is not a live connection's.
struct CaptureFacts
{
    qint64 entries = 0;
    qint64 fileSize = 0;
    /// The last connection's; empty if it has none.
    QString endText = {};
    /// What that end amounts to.
    Severity severity = Severity::Note;
    /// The captures that it was merged from, by name; empty for one of its own.
    QString merged = {};
};

/// One line that says how the connection stands, counting down to the next attempt while one is waited for. For a
/// screen reader it is a text, the whole sentence.
class StatusLine final : public QWidget
{
    Q_OBJECT
    /// For screen readers.
    Q_PROPERTY(QString sentence READ text)

public:
    /// Rates are by this clock, which outlives the line.
    explicit StatusLine(const Clock &clock, QWidget *parent = nullptr);

    /// Another state is shown at once, counts of messages at a calm pace.
    void showStatus(const SessionStatus &status);
    void showCapture(const CaptureFacts &facts);
    /// All that it says, as plain text.
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] const TrafficRates &rates() const { return m_rates; }
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Emitted while waiting, when the user wants the next attempt at once.
    void retryRequested();
    /// Emitted while waiting, when the user wants no further attempt.
    void stopRequested();
    /// Emitted when rates() are shown anew.
    void ratesChanged();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// How much is said of each figure: what has no room is left to the tool tip.
    enum class Detail : quint8 { Whole, NoWire, NoRates, CountsOnly };

    class CalmPlace;

    void showState(StateSign sign, const QString &state);
    /// Those of each detail, from the whole on.
    void showFacts(const std::function<QStringList(Detail)> &rich, const QString &toolTip);
    void fitFacts();
    void render();
    void renderCapture();
    void renderState();
    [[nodiscard]] QStringList facts(Detail detail) const;
    [[nodiscard]] QStringList trafficFacts(Detail detail) const;
    void setWaiting(bool waiting);
    void tick();

    /// When counts are shown; it rests while the line is hidden.
    Pace m_pace{Pace::Figures};
    SessionStatus m_status;
    CaptureFacts m_capture;
    bool m_isCapture = false;
    QString m_text;
    QLabel *m_dot;
    ElidedLabel *m_state;
    QPushButton *m_now;
    QPushButton *m_stop;
    QLabel *m_facts;
    CalmPlace *m_place;
    /// What stands in m_facts, by detail.
    QStringList m_forms;
    TrafficRates m_rates;
    QTimer m_countdown;
    /// What the sign shows, so that it is not drawn anew sixty times a second.
    StateSign m_sign = StateSign::Idle;
    QRgb m_signColor = 0;
};

} // namespace sockeye
