#pragma once

#include "widgets/tab/DocumentTab.h"

#include <QTimer>

#include <memory>

namespace sockeye {

class CaptureMerge;
class OpenCapture;

/// Several captures in one log. The merged capture goes when the tab does.
class MergeTab final : public DocumentTab
{
    Q_OBJECT

public:
    /// Sets the merging going.
    MergeTab(const TabServices &services, std::unique_ptr<CaptureMerge> merge, QWidget *parent = nullptr);
    ~MergeTab() override;

    /// The lanes' names, with plus signs between them.
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] State state() const override { return State::File; }
    [[nodiscard]] const CaptureSource *source() const override;
    /// None.
    [[nodiscard]] std::optional<TabState> tabState() const override;
    [[nodiscard]] QStringList laneNames() const;

private:
    void showMerged();
    void showLanes();
    void showFacts();

    QTimer m_factsPause;
    // In this order: what is shown reads what the merge writes.
    std::unique_ptr<CaptureMerge> m_merge;
    std::unique_ptr<OpenCapture> m_capture;
};

} // namespace sockeye
