#pragma once

#include "explain/Explanation.h"
#include "wire/HttpHead.h"

#include <QString>

namespace sockeye {

/// The head that a line stands in, and the request that was answered.
struct HeadContext
{
    bool isReply = false;
    /// Of a request, itself.
    HttpHead request;
};

[[nodiscard]] Explanation startLineExplanation(const HttpHead &head, const HeadContext &context);
/// The value unfolded and trimmed.
[[nodiscard]] Explanation headerExplanation(QByteArrayView name, const QByteArray &value, const HeadContext &context);
/// Where it stands that the header must not stand twice in such a head; empty for one that may.
[[nodiscard]] QString singleHeaderSection(QByteArrayView name, bool isReply);

} // namespace sockeye
