#pragma once

#include "document/TabState.h"
#include "widgets/style/StateSign.h"
#include "widgets/tab/CaptureView.h"
#include "widgets/tab/TabServices.h"

#include <QWidget>

#include <functional>
#include <optional>

namespace sockeye {

class Banner;
class CaptureSource;
class Sparkline;
class StatusLine;
struct SparklineData;

/// One document of the window: a connection (ConnectionTab), a capture from a file (FileTab), or several captures in
/// one log (MergeTab). Below a row of its own kind each has a status line, a banner and the view of a capture.
class DocumentTab : public QWidget
{
    Q_OBJECT

public:
    enum class State : quint8 {
        Idle, ///< not connected, or ended by choice
        Connecting,
        Open,
        Interrupted, ///< ended by the peer's error code, or without a closing handshake
        Failed,
        File
    };

    /// What an action may need of a tab.
    enum class Need : quint8 {
        Tab,      ///< nothing: any tab will do
        Url,      ///< a URL, to edit or to copy
        Capture,  ///< a capture, to save or export
        Live,     ///< a connection's tab, not a recorded capture
        Idle,     ///< a URL that can be connected to now: here or, for a file's, in a new tab
        LiveIdle, ///< a connection's tab that can connect now
        Active,   ///< a connection, or one about to be made
        Open,     ///< an open connection
        Profile   ///< a profile that the tab came from
    };

    /// The name that the user gave it, else the URL or the name of what it shows.
    [[nodiscard]] virtual QString title() const = 0;
    /// The URL that the title stands for, as it may be shown; empty if the title is a name.
    [[nodiscard]] virtual QString titleUrl() const { return {}; }
    /// What the title stands for, in full: a URL, a path, the names of the merged captures.
    [[nodiscard]] virtual QString description() const = 0;
    [[nodiscard]] virtual State state() const = 0;
    /// The sign of the state; a file's is Idle.
    [[nodiscard]] StateSign sign() const;
    /// The state in a word or two: "Open", "Closed with 1011"; empty for a tab without a connection.
    [[nodiscard]] virtual QString stateText() const { return {}; }
    [[nodiscard]] virtual bool can(Need need) const;
    /// Where the capture comes from; null before there is one.
    [[nodiscard]] virtual const CaptureSource *source() const = 0;
    /// The capture's file; empty before there is one.
    [[nodiscard]] QString capturePath() const;
    /// What the next start needs to show this tab again; none for a tab that goes with the program.
    [[nodiscard]] virtual std::optional<TabState> tabState() const = 0;
    /// The name that the user gave it; empty for none.
    [[nodiscard]] QString name() const { return m_name; }
    void setName(const QString &name);
    /// Whether the user was told of something here and has not looked yet: the tab shows a mark.
    [[nodiscard]] bool hasNotice() const { return m_hasNotice; }
    void setHasNotice(bool hasNotice);
    /// Which of the panels that can be hidden are shown, and how they stand.
    void setPanels(const CaptureView::Arrangement &arrangement);

    [[nodiscard]] StatusLine *statusLine() const { return m_status; }
    /// Beside it in a small window that shows no timeline.
    [[nodiscard]] Sparkline *sparkline() const { return m_sparkline; }
    [[nodiscard]] Banner *banner() const { return m_banner; }
    [[nodiscard]] CaptureView *view() const { return m_view; }

public Q_SLOTS:
    // What menus and keys call in any tab; without a URL the first three do nothing.
    virtual void connectToPeer() {}
    virtual void focusUrl() {}
    virtual void copyUrl() {}
    void focusFilter();
    void showFormats();
    void goToNextMatch();
    void goToPreviousMatch();
    /// Take the focus from pane to pane, in a circle of those that are shown.
    void goToNextPane() { goToPane(true); }
    void goToPreviousPane() { goToPane(false); }

Q_SIGNALS:
    /// Emitted when the title, the state or the profile changes.
    void changed();
    /// Emitted when tabState() changes.
    void tabStateChanged();
    /// Emitted when the user wants the timeline in place of the sparkline.
    void timelineWanted();
    /// A line for the status bar.
    void statusText(const QString &text);
    /// Emitted when the sum of what is selected in the log changes; empty for fewer than two entries.
    void selectionText(const QString &text);
    /// Emitted when the user changed how logs look; the settings have it.
    void lookChanged();
    /// Emitted when a capture is shown: one just begun, or one from a file.
    void captureShown();

protected:
    /// A part of the tab that takes the focus.
    struct Pane
    {
        const QWidget *widget;
        std::function<void()> focus;
    };
    /// From the top down.
    [[nodiscard]] virtual QList<Pane> panes();
    /// Takes the keyboard from the inspector's own window to that of the tab, before a part of the tab gets the focus.
    void comeToFront();

    DocumentTab(const TabServices &services, QWidget *parent);

    /// Makes what all kinds of tabs have, below the head row; null for no such row. Called once, first of all.
    void build(QWidget *head);
    /// Shows the capture, which outlives its use here, and tells on the banner what fails in it.
    void showCapture(OpenCapture &capture, CaptureView::StartAt start);
    /// What the sparkline shows: the whole session, or the last minutes of a live one.
    [[nodiscard]] virtual SparklineData sparklineData() const;
    virtual void tellAnnotationsLost(const QString &message);
    [[nodiscard]] const TabServices &services() const { return m_services; }

private:
    void goToPane(bool forward);

    TabServices m_services;
    QString m_name;
    bool m_hasNotice = false;
    StatusLine *m_status = nullptr;
    Sparkline *m_sparkline = nullptr;
    Banner *m_banner = nullptr;
    CaptureView *m_view = nullptr;
};

} // namespace sockeye
