#pragma once

#include "endpoint/Endpoint.h"

#include <span>
#include <variant>

namespace sockeye {

/// A field's value. Enumerations are their number, which counts their choices from 0.
using FieldValue = std::variant<bool, qint64, double, std::chrono::milliseconds, QString, QStringList, QByteArray,
                                QList<quint16>, QList<RequestHeader>>;

/// One value of an enumeration.
struct FieldChoice
{
    /// In files and on the command line (there with hyphens for its spaces): "1.2".
    const char16_t *name = nullptr;
    /// For people, untranslated: "TLS 1.2".
    const char *label = nullptr;
    /// A flag of its own, which stands for the field's flag with this value: "ipv4"; null for none.
    const char *flag = nullptr;
};

/// One field of an Endpoint, nested structs included: how to reach it, and all that files, the command line, the
/// options' pages and the checks must know of it. endpointFields() lists all of them; whoever handles fields loops over
/// that table, so that a new field is one row of it.
struct EndpointField
{
    enum class Kind : quint8 {
        Switch,     ///< bool
        Integer,    ///< qint64
        Number,     ///< double
        Duration,   ///< std::chrono::milliseconds; seconds on the command line
        Choice,     ///< qint64, an index of `choices`
        Text,       ///< QString
        TextList,   ///< QStringList
        Bytes,      ///< QByteArray, in hex; null is another value than empty
        CloseCodes, ///< QList<quint16>
        Headers     ///< QList<RequestHeader>
    };
    /// When a file has the field.
    enum class Saved : quint8 { IfChanged, Always, Never };
    /// What is secret stands on no command line, where everybody on the machine can read it.
    enum class Secrecy : quint8 {
        None,
        MayHold, ///< a part of it may be (a password in a URL): a file can be named in place of the value
        Secret   ///< always: only a file or an environment variable can be named
    };
    /// Smallest and largest value of a number, milliseconds of a duration, bytes of Kind::Bytes, each of the close
    /// codes.
    struct Bounds
    {
        double lowest = 0;
        double highest = 0;
    };
    using Problem = QString (*)(const Endpoint &);
    using Reading = Result<QString> (*)(const QString &);

    /// The member's path in files, which never changes: "tls.caFile".
    QLatin1String json;
    /// What people call it, untranslated; see name().
    const char *label = nullptr;
    /// Of `sockeye record`, without the dashes; null for the URL, which is the command's operand.
    const char *flag = nullptr;
    /// What stands for the flag's value in the help: "SECONDS"; null for a switch.
    const char *valueName = nullptr;
    /// A sentence, untranslated; see helpText().
    const char *help = nullptr;
    Bounds bounds{};
    std::span<const FieldChoice> choices{};
    Saved saved = Saved::IfChanged;
    Secrecy secrecy = Secrecy::None;
    /// Whether references to variables are to be replaced in it before connecting. Nothing replaces any yet; the column
    /// is for workspaces, which will have variables.
    bool expands = false;
    /// What is wrong with the value beside its bounds, in sentences for people; null for nothing to check.
    Problem problem = nullptr;
    /// Brings a text that people wrote into the form in which it is kept; null to keep it as it is.
    Reading reading = nullptr;
    /// What `reading` accepts, untranslated: "a SHA-256 fingerprint of 64 hex digits".
    const char *format = nullptr;

    // Filled in by the table itself from the member's type.
    Kind kind = Kind::Text;
    FieldValue (*value)(const Endpoint &) = nullptr;
    /// The value must be of the field's kind.
    void (*setValue)(Endpoint &, const FieldValue &) = nullptr;
    const void *(*address)(const Endpoint &) = nullptr;

    /// "tls" of "tls.caFile"; empty for a member of the file's own object.
    [[nodiscard]] QString group() const;
    /// "caFile" of "tls.caFile".
    [[nodiscard]] QString member() const;
    /// "Connect timeout"
    [[nodiscard]] QString name() const;
    /// What the flag does, with what it takes and the default: for the command line's help.
    [[nodiscard]] QString helpText() const;
    /// What `reading` accepts.
    [[nodiscard]] QString formatText() const;
    /// "1.2": a choice as files name it.
    [[nodiscard]] QString choiceName(qint64 choice) const;
    /// "at-once": the same on the command line.
    [[nodiscard]] QString choiceFlagText(qint64 choice) const;
    [[nodiscard]] QString choiceLabel(qint64 choice) const;
    [[nodiscard]] QStringList choiceNames() const;

    /// The value of a new endpoint.
    [[nodiscard]] FieldValue standard() const;
    [[nodiscard]] bool isStandard(const Endpoint &endpoint) const;
    /// Whether 0 stands for "off": a duration that may be left out.
    [[nodiscard]] bool canBeOff() const { return kind == Kind::Duration && bounds.lowest <= 0; }
    [[nodiscard]] bool isInBounds(double number) const;
    /// The bounds of a duration; where it can be off, of one that is not.
    [[nodiscard]] std::chrono::milliseconds shortest() const;
    [[nodiscard]] std::chrono::milliseconds longest() const;
};

/// "0.25": as the command line takes durations.
[[nodiscard]] QString secondsText(std::chrono::milliseconds duration);

/// Every field, in the order in which files have them; the fields of a nested struct stand together.
[[nodiscard]] std::span<const EndpointField> endpointFields();

/// The row of a member: fieldOf(&Endpoint::maxRedirects).
template<typename T>
[[nodiscard]] const EndpointField &fieldOf(T Endpoint::*member);
/// The row of a nested struct's member: fieldOf(&Endpoint::tls, &TlsOptions::caFile).
template<typename Struct, typename T>
[[nodiscard]] const EndpointField &fieldOf(Struct Endpoint::*group, T Struct::*member);

namespace detail {
/// An endpoint in whose members fieldOf() looks for an address.
[[nodiscard]] const Endpoint &addressedEndpoint();
[[nodiscard]] const EndpointField &fieldAt(const void *address);
} // namespace detail

template<typename T>
const EndpointField &fieldOf(T Endpoint::*member)
{
    return detail::fieldAt(&(detail::addressedEndpoint().*member));
}

template<typename Struct, typename T>
const EndpointField &fieldOf(Struct Endpoint::*group, T Struct::*member)
{
    return detail::fieldAt(&(detail::addressedEndpoint().*group.*member));
}

} // namespace sockeye
