#pragma once

#include "document/LiveCapture.h"
#include "widgets/tab/DocumentTab.h"

#include <memory>

namespace sockeye {

class AddressBar;
class Composer;
class ConnectionHelp;
class FileSource;
class OpenCapture;
class RecordingTrouble;
class SilenceHint;

/// A connection with what it has recorded. The first Connect begins a capture; further ones add connections to it, but
/// for one to another URL, which begins a capture of its own (unless the settings keep all in one) and takes the place
/// of a live connection without a question.
class ConnectionTab final : public DocumentTab
{
    Q_OBJECT

public:
    explicit ConnectionTab(const TabServices &services, QWidget *parent = nullptr);
    /// Hands what it records to the closer, so that nothing waits here.
    ~ConnectionTab() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString titleUrl() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] State state() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool can(Need need) const override;
    [[nodiscard]] const CaptureSource *source() const override;
    [[nodiscard]] std::optional<TabState> tabState() const override;

    /// Connected, or about to be.
    [[nodiscard]] bool isActive() const { return m_live.isActive(); }
    /// Closed, and about to connect again by itself.
    [[nodiscard]] bool isWaiting() const { return m_live.isWaiting(); }
    /// Not used for anything yet: another document may take its place.
    [[nodiscard]] bool isBlank() const;
    /// Null before the first Connect.
    [[nodiscard]] const Recording *recording() const { return m_live.recording(); }

    [[nodiscard]] Endpoint endpoint() const;
    /// The URL of what the tab shows: of its connection or its capture, and only without one what stands in the field.
    [[nodiscard]] QString shownUrl() const;
    void setEndpoint(const Endpoint &endpoint);
    /// What the user wants to be told of while looking elsewhere; holds at once.
    [[nodiscard]] const NotifyOptions &notifyOptions() const { return m_notify; }
    void setNotifyOptions(const NotifyOptions &options);
    [[nodiscard]] const DecodeOptions &decodeOptions() const;
    /// What these make.
    [[nodiscard]] std::shared_ptr<const FormatSet> formats() const;
    void setDecodeOptions(const DecodeOptions &options);
    [[nodiscard]] ColumnOptions columnOptions() const;
    void setColumnOptions(const ColumnOptions &options);
    [[nodiscard]] QString profileId() const { return m_profileId; }
    [[nodiscard]] QString profileName() const { return m_profileName; }
    [[nodiscard]] QString profileUrl() const { return m_profileUrl; }
    /// `url` is the profile's: a tab that shows another one says so beside the name. Empty if that is not to be told.
    void setProfile(const QString &id, const QString &name, const QString &url = {});
    /// Shows a tab of the last start again, what it recorded from its file. Nothing is connected to.
    void restore(const TabState &state);

    [[nodiscard]] AddressBar *address() const { return m_address; }
    [[nodiscard]] Composer *composer() const { return m_composer; }

public Q_SLOTS:
    void connectToPeer() override;
    /// Closes a live connection first.
    void reconnect();
    /// Goes on where the peer breaks a rule, so that the rest can be studied.
    void connectLeniently();
    void disconnectFromPeer();
    /// Without a closing handshake.
    void cutOff();
    void showOptions();
    void focusUrl() override;
    void copyUrl() override;
    void focusMessage();
    void sendMessage();

Q_SIGNALS:
    /// Emitted when the user wants the options to be kept in the tab's profile.
    void saveToProfileRequested();
    /// Emitted when the user wants them to become a profile.
    void saveAsProfileRequested();
    /// Emitted before recording() goes to the closer: whoever reads it lets go of it.
    void recordingLeft();

protected:
    [[nodiscard]] QList<Pane> panes() override;
    [[nodiscard]] SparklineData sparklineData() const override;

private:
    void wire();
    void goBack(const QString &url);
    void connectWith(const Session::Options &options, bool again = false);
    void trust(const QString &fingerprint, bool saveToProfile);
    void showSource(CaptureSource &source);
    void showConnection();
    void showRates();
    void tellAnnotationsLost(const QString &message) override;
    void takeBegun();
    void letGo();
    void takeStatus();
    void takeRestoredFacts(EntryId last, bool wasOpen);

    Endpoint m_endpoint;
    NotifyOptions m_notify;
    QString m_profileId;
    QString m_profileName;
    QString m_profileUrl;
    SessionStatus::State m_lastState = SessionStatus::State::Idle;
    AddressBar *m_address = nullptr;
    Composer *m_composer = nullptr;
    ConnectionHelp *m_help = nullptr;
    SilenceHint *m_silence = nullptr;
    /// The live connection sends pings regularly.
    bool m_hasKeepalive = false;

    // In this order: what is shown reads what is recorded.
    LiveCapture m_live;
    std::unique_ptr<RecordingTrouble> m_trouble;
    /// What was recorded before the program started; until something is recorded anew.
    std::unique_ptr<FileSource> m_restored;
    QString m_restoredUrl;
    std::unique_ptr<OpenCapture> m_capture;
};

} // namespace sockeye
