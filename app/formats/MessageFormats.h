#pragma once

#include "base/Job.h"
#include "formats/FormatSet.h"

#include <QObject>

#include <memory>

namespace sockeye {

/// The formats that the messages of one tab are read as, and the options that they come from. What options name,
/// schemas above all, is read in the background; until then the former formats go on.
class MessageFormats final : public QObject
{
    Q_OBJECT

public:
    explicit MessageFormats(QObject *parent = nullptr);

    [[nodiscard]] const DecodeOptions &options() const { return m_options; }
    void setOptions(const DecodeOptions &options);
    /// Reads schemas again, which may have changed.
    void readAgain();
    /// What was chosen for messages of this kind and direction comes before all rules; an empty id takes it away.
    void setFormat(DecodeRule::About about, Direction direction, const QString &id);
    /// The id that was chosen for them; empty if none was.
    [[nodiscard]] QString format(DecodeRule::About about, Direction direction) const;

    /// Never null.
    [[nodiscard]] const std::shared_ptr<const FormatSet> &set() const { return m_set; }
    /// Whether the set of the options is still being made.
    [[nodiscard]] bool isReading() const { return m_isReading; }

Q_SIGNALS:
    /// Emitted when the options change, by the user or by a profile.
    void optionsChanged();
    void readingChanged();
    /// Emitted when messages are to be decoded anew.
    void changed();

private:
    void make(const std::shared_ptr<const FormatSet> &former);

    DecodeOptions m_options;
    std::shared_ptr<const FormatSet> m_set = FormatSet::standard();
    bool m_isReading = false;
    JobRunner m_job;
};

} // namespace sockeye
