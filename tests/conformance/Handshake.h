#pragma once

#include "conformance/ConformanceCase.h"
#include "conformance/HeadLines.h"

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
    QByteArray m_method;
    QByteArray m_path;
    HeadLines m_lines;
};

} // namespace sockeye::conformance
