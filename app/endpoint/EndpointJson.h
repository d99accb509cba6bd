#pragma once

#include "endpoint/Endpoint.h"
#include "endpoint/MemberReader.h"
#include "endpoint/JsonMembers.h"

namespace sockeye {

/// The endpoint's members of a profile's file. What is seldom changed is written only where it differs from the
/// default; TlsOptions::verify never is. Members of nested objects that this version does not know are taken from
/// `unknown`, where they stand under the object's name.
void writeEndpoint(JsonMembers &members, const Endpoint &endpoint, QJsonObject &unknown);
/// The reverse; the reader has the first error.
[[nodiscard]] Endpoint readEndpoint(MemberReader &members, QJsonObject &unknown);

} // namespace sockeye
