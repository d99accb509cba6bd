#pragma once

#include "conformance/ConformanceCase.h"

#include <QByteArray>

#include <optional>

namespace sockeye::conformance {

/// A client's opening request (RFC 6455 section 4.2.1).
class OpeningRequest final
{
public:
    explicit OpeningRequest(const QByteArray &head);

    /// "/case/1.1.1"
    [[nodiscard]] QByteArray path() const { return m_path; }
    /// What is wrong with it; empty if nothing.
    [[nodiscard]] QString problem() const;
    /// The first of the answers that one of the client's offers of permessage-deflate allows (RFC 7692 section 7.1).
    [[nodiscard]] std::optional<DeflateAnswer> choose(const QList<DeflateAnswer> &answers) const;
    [[nodiscard]] QByteArray accept(const std::optional<DeflateAnswer> &deflate) const;

private:
    /// All values under the name (lower case), as one list.
    [[nodiscard]] QByteArray value(const QByteArray &name) const;

    QByteArray m_method;
    QByteArray m_path;
    QList<std::pair<QByteArray, QByteArray>> m_fields;
};

} // namespace sockeye::conformance
