#pragma once

#include "endpoint/JsonMembers.h"
#include "endpoint/MemberReader.h"

#include <QString>

namespace sockeye {

/// What of a connection the user wants to be told of while looking elsewhere. It is no matter of the wire, so it stands
/// beside the endpoint in a profile, and the command line knows nothing of it. By default nothing.
struct NotifyOptions
{
    /// Entries that match are told of, in the language of the log's filter; empty for none.
    QString filter;
    /// The connection ends, or does not come about.
    bool ends = false;
    /// The connection is open again after an end.
    bool returns = false;

    [[nodiscard]] bool isOn() const { return !filter.isEmpty() || ends || returns; }
    friend bool operator==(const NotifyOptions &, const NotifyOptions &) = default;
};

/// Why entries cannot be told of: what is wrong with the filter, in words; empty for nothing.
[[nodiscard]] QString problemOfNotifyFilter(const QString &filter);

/// Adds the object "notify" to the members of a profile's file, unless it would be empty. Members of it that this
/// version does not know are taken from `unknown`, where they stand under the same name.
void writeNotify(JsonMembers &root, const NotifyOptions &options, QJsonObject &unknown);
/// The reverse; the reader has the first error. A filter that cannot be understood is kept as it is: a newer version
/// may have written it.
[[nodiscard]] NotifyOptions readNotify(MemberReader &root, QJsonObject &unknown);

} // namespace sockeye
