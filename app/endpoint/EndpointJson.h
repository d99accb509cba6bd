#pragma once

#include "endpoint/Endpoint.h"
#include "endpoint/JsonMembers.h"
#include "endpoint/MemberReader.h"

namespace sockeye {

/// Adds the endpoint's fields (endpointFields()) to the members of a profile's file, each nested struct as an object.
/// EndpointField::saved says which are written. Members of nested objects that this version does not know are taken
/// from `unknown`, where they stand under the object's name.
void writeEndpoint(JsonMembers &root, const Endpoint &endpoint, QJsonObject &unknown);
/// The reverse; the reader has the first error.
[[nodiscard]] Endpoint readEndpoint(MemberReader &root, QJsonObject &unknown);

} // namespace sockeye
