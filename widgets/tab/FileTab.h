#pragma once

#include "base/Job.h"
#include "document/FileSource.h"
#include "widgets/tab/DocumentTab.h"
#include "widgets/tab/StatusLine.h"

#include <memory>

namespace sockeye {

class AddressBar;
class CaptureChangeNotice;
class Composer;
class OpenCapture;
struct CaptureCheck;

/// A capture opened from a file. Its URL is read from the capture and can be connected to in a tab of its own.
class FileTab final : public DocumentTab
{
    Q_OBJECT

public:
    FileTab(const TabServices &services, const QString &path, QWidget *parent = nullptr);
    ~FileTab() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] State state() const override { return State::File; }
    [[nodiscard]] bool can(Need need) const override;
    [[nodiscard]] const CaptureSource *source() const override;
    [[nodiscard]] std::optional<TabState> tabState() const override;

    /// Shows what the state says beside the capture: the endpoint until it has been read, the draft, the filter.
    void restore(const TabState &state);
    /// What to connect to: the URL is that of the capture's last connection.
    [[nodiscard]] Endpoint endpoint() const;

    [[nodiscard]] AddressBar *address() const { return m_address; }
    [[nodiscard]] Composer *composer() const { return m_composer; }

public Q_SLOTS:
    /// Asks for a tab of its own to connect with.
    void connectToPeer() override;
    void focusUrl() override;
    void copyUrl() override;

Q_SIGNALS:
    /// Emitted when the capture's URL is to be connected to, in another tab.
    void connectElsewhere(const sockeye::Endpoint &endpoint);
    /// Emitted when a tab is to take this one's place that shows what stands in the file now.
    void reopenRequested();
    /// Emitted when what is shown is to be kept in another file.
    void saveRequested();

protected:
    [[nodiscard]] QList<Pane> panes() override;

private:
    void takeOpened(EntryId last);
    /// Looks through the whole file in the background: how many entries there really are, and what cannot be.
    void check();
    void take(const CaptureCheck &check);

    Endpoint m_endpoint;
    AddressBar *m_address = nullptr;
    Composer *m_composer = nullptr;
    FileSource m_source;
    // After what it reads.
    std::unique_ptr<OpenCapture> m_capture;
    std::unique_ptr<CaptureChangeNotice> m_changeNotice;
    CaptureFacts m_facts;
    JobRunner m_check;
};

} // namespace sockeye
