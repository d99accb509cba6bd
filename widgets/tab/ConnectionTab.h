#pragma once

#include "base/Clock.h"
#include "document/Recording.h"
#include "document/RecordingCloser.h"
#include "endpoint/Endpoint.h"
#include "library/CaptureLibrary.h"
#include "log/LogModel.h"
#include "widgets/tab/TabServices.h"

#include <QTimer>
#include <QWidget>

class QSplitter;

namespace sockeye {

class AddressBar;
class AnnotationFile;
class Annotations;
class Banner;
class CaptureLoader;
class CaptureMerge;
class Composer;
class FilterBar;
class FollowButton;
class Inspector;
class LogCommands;
class LogView;
class RecordingTrouble;
class StatusLine;
class Timeline;
class TimelineLink;
struct TabState;

/// One document of the window: a live connection with what it has recorded, or a capture opened from a file. The first
/// Connect begins a capture; further ones add connections to it.
class ConnectionTab final : public QWidget
{
    Q_OBJECT

public:
    enum class State : quint8 { Idle, Connecting, Open, Failed, File };

    explicit ConnectionTab(const TabServices &services, QWidget *parent = nullptr);
    /// Hands what it records to the closer, so that nothing waits here.
    ~ConnectionTab() override;

    // What it is
    [[nodiscard]] QString title() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] bool isActive() const;
    /// Closed, and about to connect again by itself.
    [[nodiscard]] bool isWaiting() const;
    [[nodiscard]] bool isFile() const { return m_isFile; }
    /// Several captures in one log; a file, too, that goes when the tab does.
    [[nodiscard]] bool isMerge() const { return m_merge != nullptr; }
    /// Of a merge.
    [[nodiscard]] QStringList laneNames() const;
    /// Not yet used for anything: a capture may be opened in it.
    [[nodiscard]] bool isBlank() const;
    /// The capture's file; empty before the first Connect.
    [[nodiscard]] QString capturePath() const { return m_capturePath; }
    /// What the log is filtered by.
    [[nodiscard]] EntryQuery query() const;

    // Where it connects to
    [[nodiscard]] Endpoint endpoint() const;
    void setEndpoint(const Endpoint &endpoint);
    [[nodiscard]] QString profileId() const { return m_profileId; }
    void setProfile(const QString &id, const QString &name);
    [[nodiscard]] QString profileName() const { return m_profileName; }

    /// Shows a capture from a file.
    void openCapture(const QString &path);
    /// What the next start needs to show this tab again.
    [[nodiscard]] TabState tabState() const;
    /// Shows it again: what it recorded as it is in its file. Nothing is connected to.
    void restore(const TabState &state);
    /// Shows several captures in one log and sets the merging going.
    void openMerge(std::unique_ptr<CaptureMerge> merge);
    /// Which of the panels that can be hidden are shown.
    void setPanels(bool inspector, bool composer, bool timeline);

    [[nodiscard]] AddressBar *address() const { return m_address; }
    [[nodiscard]] Banner *banner() const { return m_banner; }
    [[nodiscard]] StatusLine *statusLine() const { return m_status; }
    [[nodiscard]] FilterBar *filterBar() const { return m_filter; }
    [[nodiscard]] Timeline *timeline() const { return m_timeline; }
    [[nodiscard]] LogView *logView() const { return m_log; }
    [[nodiscard]] Inspector *inspector() const { return m_inspector; }
    [[nodiscard]] Composer *composer() const { return m_composer; }
    [[nodiscard]] LogCommands *logCommands() const { return m_commands; }
    /// Shows the log as the settings say.
    void restoreLook();
    /// Null while there is nothing to show.
    [[nodiscard]] LogModel *model() const { return m_model.get(); }
    /// Of the capture that is shown; null without one.
    [[nodiscard]] Annotations *annotations() const { return m_annotations.get(); }
    [[nodiscard]] const Recording *recording() const { return m_recording.get(); }

public Q_SLOTS:
    void connectToPeer();
    /// Goes on where the peer breaks a rule, so that the rest can be studied.
    void connectLeniently();
    void disconnectFromPeer();
    /// Without a closing handshake.
    void cutOff();
    void showOptions();
    void focusUrl();
    void focusFilter();
    void goToNextMatch();
    void goToPreviousMatch();
    void focusMessage();
    void sendMessage();
    void copyUrl();

Q_SIGNALS:
    /// Its title, state or profile is another now.
    void changed();
    /// A line for the status bar.
    void statusText(const QString &text);
    /// What is selected in the log, in sum; empty for fewer than two entries.
    void selectionText(const QString &text);
    /// How logs look was changed, and is in the settings.
    void lookChanged();
    /// A capture is shown: one just begun, or one from a file.
    void captureShown();
    /// The endpoint of a capture from a file is to be connected to, in a tab of its own.
    void connectElsewhere(const sockeye::Endpoint &endpoint);
    /// The user wants the options to be kept in the tab's profile.
    void saveToProfileRequested();

private:
    void build();
    void wire();
    void setUpTimeline();
    void connectWith(const Session::Options &options);
    /// Where a new capture goes; says so if that is not where captures go.
    [[nodiscard]] Result<QString> placeToRecord();
    [[nodiscard]] Result<> begin(const Session::Options &options);
    void offerHelp(const SessionStatus &status);
    void showCertificate(const TlsFacts &tls);
    void connectAgainNow();
    void showCapture(const QString &path);
    void suggestSoon();
    void suggestConnections();
    void showAnnotations();
    void takeAnnotationsLost(const QString &message, const AnnotationMap &lost);
    void showNothing();
    void closeCapture();
    void send(const Outgoing &message);
    void sendClose(quint16 code, const QString &reason);
    void takeStatus();
    void takeOpened();
    void showHandshake();
    void takeFileFacts(EntryId last);
    void takeRestoredFacts(EntryId last, bool wasOpen);
    void offerConnecting(const QString &message);
    void showMergeFacts();
    void showLogMenu(const QPoint &at);
    void wireLog();
    [[nodiscard]] Result<> sendOut(const Outgoing &message);

    TabServices m_services;
    Endpoint m_endpoint;
    QString m_profileId;
    QString m_profileName;
    QString m_capturePath;
    bool m_isFile = false;
    SessionStatus::State m_lastState = SessionStatus::State::Idle;

    AddressBar *m_address = nullptr;
    StatusLine *m_status = nullptr;
    Banner *m_banner = nullptr;
    FilterBar *m_filter = nullptr;
    FollowButton *m_follow = nullptr;
    Timeline *m_timeline = nullptr;
    LogView *m_log = nullptr;
    LogCommands *m_commands = nullptr;
    TimelineLink *m_timelineLink = nullptr;
    Inspector *m_inspector = nullptr;
    Composer *m_composer = nullptr;
    QSplitter *m_across = nullptr;
    QSplitter *m_down = nullptr;

    std::unique_ptr<CaptureMerge> m_merge;
    QTimer m_mergeFacts;
    QTimer m_suggesting;
    // In this order: the model reads through the loader, the loader what the recording writes.
    std::unique_ptr<Recording> m_recording;
    std::unique_ptr<RecordingTrouble> m_trouble;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<AnnotationFile> m_annotationFile;
    std::unique_ptr<Annotations> m_annotations;
    std::unique_ptr<LogModel> m_model;
};

} // namespace sockeye
