#pragma once

#include <QByteArray>

#include <optional>

namespace sockeye {

/// A URI reference, as a Location has one (RFC 3986 section 4.1), taken apart into its five components without touching
/// their bytes; the fragment is left out.
struct UrlReference
{
    std::optional<QByteArray> scheme;
    std::optional<QByteArray> authority;
    QByteArray path;
    std::optional<QByteArray> query;

    /// By the expression of RFC 3986 appendix B.
    [[nodiscard]] static UrlReference parse(QByteArrayView text);
    /// RFC 3986 section 4.2.
    [[nodiscard]] bool isRelative() const { return !scheme; }
    /// What the reference points to, seen from `base` (RFC 3986 section 5.2). Dot segments are removed from a relative
    /// reference only: one with a scheme says itself what is to be asked for. Escapes stay as they are.
    [[nodiscard]] UrlReference resolved(const UrlReference &base) const;
    /// RFC 3986 section 5.3.
    [[nodiscard]] QByteArray toBytes() const;

    friend bool operator==(const UrlReference &, const UrlReference &) = default;
};

} // namespace sockeye
