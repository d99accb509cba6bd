#pragma once

#include "endpoint/EndpointFields.h"

namespace sockeye {

/// Names an invisible character in a text of the field (isInvisible()), or a quotation mark around the URL, and its
/// place; empty for none, for fields that name files, and while Endpoint::sendInvisible lets them be. Never shows a
/// secret. A tab in a header's value may stand there.
[[nodiscard]] QString problemOfInvisible(const EndpointField &field, const Endpoint &endpoint);
/// The same of one text, which `what` names ("The proxy's user"): for forms, before they encode it.
[[nodiscard]] QString problemOfInvisible(const QString &what, QStringView text);

} // namespace sockeye
