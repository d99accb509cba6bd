#pragma once

#include <google/protobuf/stubs/common.h>

#include <string>
#include <string_view>

// In version 22 (4.22) libprotobuf changed how errors are told, and what its warnings go through: abseil's log, which
// writes them nowhere unless somebody asks for it.
#if GOOGLE_PROTOBUF_VERSION >= 4022000
#define SOCKEYE_PROTO_ERROR RecordError

namespace sockeye {
using ProtoErrorText = std::string_view;

struct ProtoSilence
{
    ProtoSilence() {}
};
} // namespace sockeye
#else
#include <google/protobuf/stubs/logging.h>
#define SOCKEYE_PROTO_ERROR AddError

namespace sockeye {
using ProtoErrorText = const std::string &;
using ProtoSilence = google::protobuf::LogSilencer;
} // namespace sockeye
#endif
