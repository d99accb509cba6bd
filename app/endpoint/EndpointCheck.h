#pragma once

#include "endpoint/EndpointFields.h"

namespace sockeye {

/// Why an endpoint cannot be used: the field, and in words what is wrong with it and what to do.
struct EndpointProblem
{
    /// A row of endpointFields().
    const EndpointField *field = nullptr;
    QString text;
};

/// All that is wrong with the endpoint, in the order of endpointFields(), at most one for each field: values out of
/// bounds, and what the fields' rules say. The same for the options' pages, the command line and the session. Looks at
/// no file.
[[nodiscard]] QList<EndpointProblem> endpointProblems(const Endpoint &endpoint);
/// What they say about a field; empty for nothing.
[[nodiscard]] QString problemOf(const QList<EndpointProblem> &problems, const EndpointField &field);

/// Whether the endpoint can be used; the error is the first of endpointProblems().
[[nodiscard]] Result<> checkEndpoint(const Endpoint &endpoint);
/// Whether the files that the endpoint names can be read now; the error names the file.
[[nodiscard]] Result<> checkEndpointFiles(const Endpoint &endpoint);

} // namespace sockeye
