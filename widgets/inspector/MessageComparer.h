#pragma once

#include "document/MessageComparison.h"
#include "widgets/payload/CompareButton.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sockeye {

class CaptureJob;
class CaptureLoader;

/// Compares the message that is shown with another one, in the background. The latest wins.
class MessageComparer final : public QObject
{
    Q_OBJECT

public:
    explicit MessageComparer(QObject *parent = nullptr);
    ~MessageComparer() override;

    /// compared() follows; at once where there is nothing to compare with. Without a tree the bytes are compared, and
    /// with one where the other message says nothing that could be compared.
    void compare(const CompareChoice &choice, CaptureLoader *loader, const Entry &entry,
                 const std::shared_ptr<const NodeTree> &tree, const std::shared_ptr<const FormatSet> &formats);
    void cancel();
    [[nodiscard]] bool isRunning() const;
    /// What the comparison found, for below the message. `isByBytes` says that bytes were looked for.
    [[nodiscard]] static QString sentence(const CompareChoice &choice, const std::optional<ComparedMessage> &other,
                                          bool isByBytes);

Q_SIGNALS:
    /// Nothing if no other message was found. The tree is the one that was given; null for bytes.
    void compared(const std::shared_ptr<const sockeye::NodeTree> &tree,
                  const std::optional<sockeye::ComparedMessage> &other);

private:
    std::unique_ptr<CaptureJob> m_job;
    QString m_path;
};

} // namespace sockeye
