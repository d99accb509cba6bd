#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace sockeye {

/// A piece of a summary.
struct SummaryPart
{
    enum class Role : quint8 {
        Plain, ///< what a protocol put around a value, brackets, an ellipsis
        Name,  ///< of a member
        Value
    };

    Role role = Role::Plain;
    QString text;
    /// The message before of the same shape says the same here, as far as somebody has compared them.
    bool isSame = false;

    friend bool operator==(const SummaryPart &, const SummaryPart &) = default;
};

/// Says in a line what a JSON text holds: each member of the outermost object as a name and a value, one after the
/// other, a nested object as "{bid=131.06 ask=131.09}", an array as "[1, 2, 3, … 120]", both cut when they grow long.
/// Numbers stand as they were written; strings without quotes where that leaves no doubt. A message of Engine.IO,
/// Socket.IO, SockJS, SignalR and the like (EnvelopeSplitter) is summed up with what stands around its JSON.
class JsonSummary final
{
public:
    /// Longer payloads are not looked into.
    static constexpr qsizetype MaxExamined = 256 * 1024;
    /// Characters; what would come after is left out.
    static constexpr qsizetype MaxLength = 400;

    JsonSummary();
    ~JsonSummary();
    JsonSummary(const JsonSummary &) = delete;
    JsonSummary &operator=(const JsonSummary &) = delete;

    /// Whether a payload that begins so may hold an object or an array, so that it is worth reading whole.
    [[nodiscard]] static bool isPromising(QByteArrayView beginning);
    /// Empty for what holds no JSON object or array, for JSON with a fault anywhere, and for one that is nested too
    /// deep: then the text itself is the better preview.
    [[nodiscard]] QList<SummaryPart> read(QByteArrayView payload);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sockeye
