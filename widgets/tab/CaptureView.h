#pragma once

#include "filter/EntryQuery.h"

#include <QPointer>
#include <QWidget>

class QSplitter;

namespace sockeye {

class Annotations;
class FilterBar;
class FollowButton;
class FormatsDialog;
class Inspector;
class InspectorLink;
class LogCommands;
class LogFields;
class LogModel;
class LogView;
class MessageFormats;
class OpenCapture;
class Prompts;
class Settings;
class Timeline;
class TimelineLink;
struct TabState;

/// Where the inspector stands.
enum class InspectorPlace : quint8 {
    Right,    ///< beside the log
    Below,    ///< below the log
    OwnWindow ///< in an InspectorWindow
};

/// Shows one capture, whatever it comes from: timeline, filter, log and inspector, tied to each other. Below the log
/// there is room for one more widget, the composer.
class CaptureView final : public QWidget
{
    Q_OBJECT

public:
    /// Where reading begins.
    enum class StartAt : quint8 {
        Beginning, ///< of a session that is over: the whole of it
        End        ///< of a session that goes on: log and timeline follow what comes
    };

    /// Which parts there are, and how they stand.
    struct Arrangement
    {
        bool inspector = true;
        bool foot = true;
        bool timeline = true;
        InspectorPlace inspectorPlace = InspectorPlace::Right;
        /// In a small window the foot folds where it can, and the user's sizes are those of small windows.
        bool isSmall = false;

        friend bool operator==(const Arrangement &, const Arrangement &) = default;
    };

    /// The settings and the prompts outlive the view.
    CaptureView(Settings &settings, Prompts &prompts, QWidget *parent = nullptr);
    ~CaptureView() override;

    /// Shows this capture instead of any other, until it closes (OpenCapture::aboutToClose()).
    void showCapture(OpenCapture &capture, StartAt start);
    /// Null for none, as the next two.
    [[nodiscard]] OpenCapture *capture() const { return m_capture; }
    [[nodiscard]] LogModel *model() const;
    [[nodiscard]] Annotations *annotations() const;
    /// What the log is filtered by.
    [[nodiscard]] EntryQuery query() const;

    /// The parent to make a widget with that is to be put below the log; one that must be moved there looks anew at
    /// the style of all that is in it.
    [[nodiscard]] QWidget *footParent() const;
    void setFoot(QWidget *foot);
    /// The foot has been folded to the height that it needs, or is to have the height again that the user gave it.
    void setFootFolded(bool folded);
    void arrange(const Arrangement &arrangement);
    /// Moves the inspector, with all that it shows, into another window's widget, or back beside the log for null. It
    /// stays the view's: it goes with it, wherever it is.
    void lendInspector(QWidget *to);
    /// Shows the log as the settings say.
    void restoreLook();
    /// Writes what the view has of a tab's state: its filter, as what messages are read, and which of their fields are
    /// columns.
    void saveTo(TabState &state) const;
    void restoreFrom(const TabState &state);

    /// Lets the user say as what messages are read.
    void showFormats();
    /// As what messages are read.
    [[nodiscard]] MessageFormats &formats() const;
    [[nodiscard]] Timeline *timeline() const { return m_timeline; }
    [[nodiscard]] FilterBar *filterBar() const { return m_filter; }
    [[nodiscard]] LogView *logView() const { return m_log; }
    [[nodiscard]] LogCommands *logCommands() const { return m_commands; }
    /// Which fields of messages are columns of the log.
    [[nodiscard]] LogFields *logFields() const { return m_fields; }
    [[nodiscard]] Inspector *inspector() const { return m_inspector; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

Q_SIGNALS:
    /// A line for the status bar.
    void statusText(const QString &text);
    /// Emitted when the sum of what is selected in the log changes; empty for fewer than two entries.
    void selectionText(const QString &text);
    /// Emitted when the user changed how logs look; the settings have it.
    void lookChanged();
    /// Emitted when the window became small, or is so no more.
    void smallChanged(bool small);
    /// Emitted when the filter's text, its mode or what it keeps quiet changes.
    void filterChanged();
    /// Emitted when the user chose as what messages are read.
    void formatsChanged();
    /// The number at this place of messages is to be drawn over time.
    void plotWanted(const QString &path);
    /// Emitted when fields of messages became columns, or are none any more, or were placed otherwise.
    void columnsChanged();

private:
    void layOut();
    void restoreFoot();
    void restoreSizes();
    void keepSizes();
    void restoreTimeline();
    void wire();
    void wireLog();
    void wireSettings();
    /// Shows nothing any more.
    void letGo();
    void showConnectionNames();
    void showLogMenu(const QPoint &at);
    /// Of the message that is shown; empty if that is not known.
    [[nodiscard]] QString currentFormat() const;

    Settings &m_settings;
    Prompts &m_prompts;
    QPointer<FormatsDialog> m_formatsDialog;
    // Each part is made with the parent that it stays in: a move costs a new look at the style of all that is in it.
    Timeline *m_timeline;
    FilterBar *m_filter;
    FollowButton *m_follow;
    /// The log and the inspector above the foot.
    QSplitter *m_down;
    QSplitter *m_across;
    QWidget *m_foot = nullptr;
    Arrangement m_arrangement;
    bool m_isFootFolded = false;
    LogView *m_log;
    LogCommands *m_commands;
    LogFields *m_fields;
    /// Where the inspector stands in the window: it can leave, and what is left keeps its place and size.
    QWidget *m_inspectorPlace;
    Inspector *m_inspector;
    InspectorLink *m_inspectorLink;
    TimelineLink *m_timelineLink;
    OpenCapture *m_capture = nullptr;
    /// It has been hidden since it was shown: another tab is in front.
    bool m_isOutOfSight = false;
};

} // namespace sockeye
