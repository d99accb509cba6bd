#include "formats/Formats.h"

#include "formats/Base64Decoder.h"
#include "formats/BsonDecoder.h"
#include "formats/CborDecoder.h"
#include "formats/CompressionDecoder.h"
#include "formats/ImageDecoder.h"
#include "formats/JsonDecoder.h"
#include "formats/MqttDecoder.h"
#include "formats/MsgpackDecoder.h"
#include "formats/ProtobufDecoder.h"

#include <algorithm>

namespace sockeye {

const std::vector<const Decoder *> &formats()
{
    static const JsonDecoder json;
    static const MqttDecoder mqtt;
    static const BsonDecoder bson;
    static const CborDecoder cbor;
    static const MsgpackDecoder msgpack;
    static const GzipDecoder gzip;
    static const ZlibDecoder zlib;
    static const ZstdDecoder zstd;
    static const DeflateDecoder deflate;
    static const BrotliDecoder brotli;
    static const Base64Decoder base64;
    static const ImageDecoder image;
    static const ProtobufDecoder protobuf;
    // clang-format off
    static const std::vector<const Decoder *> all{
        &mqtt,
        &json,
        &bson,
        &cbor,
        &msgpack,
        &gzip,
        &zlib,
        &zstd,
        &image,
        &deflate,
        &brotli,
        &base64,
        &protobuf,
    };
    // clang-format on
    return all;
}

const Decoder *formatOf(QStringView id)
{
    const auto found = std::ranges::find_if(formats(), [id](const Decoder *format) { return format->id() == id; });
    return found == formats().end() ? nullptr : *found;
}

const Decoder *conversationFormat(QStringView subprotocol)
{
    if (subprotocol.isEmpty())
        return nullptr;
    const auto found = std::ranges::find_if(
        formats(), [subprotocol](const Decoder *format) { return format->isConversation(subprotocol); });
    return found == formats().end() ? nullptr : *found;
}

} // namespace sockeye
