#include "formats/Formats.h"

#include "brokers/MqttDecoder.h"
#include "brokers/NatsDecoder.h"
#include "brokers/StompDecoder.h"
#include "encodings/BsonDecoder.h"
#include "encodings/CborDecoder.h"
#include "encodings/CompressionDecoder.h"
#include "encodings/FormDecoder.h"
#include "encodings/ImageDecoder.h"
#include "encodings/JsonDecoder.h"
#include "encodings/MsgpackDecoder.h"
#include "encodings/ProtobufDecoder.h"
#include "encodings/RecordsDecoder.h"
#include "encodings/TextDecoder.h"
#include "encodings/XmlDecoder.h"
#include "encodings/ZlibStreamDecoder.h"
#include "formats/Base64Decoder.h"
#include "formats/StepDecoders.h"
#include "protocols/ActionCableDecoder.h"
#include "protocols/CdpDecoder.h"
#include "protocols/EngineIoDecoder.h"
#include "protocols/GraphQlWsDecoder.h"
#include "protocols/JsonRpcDecoder.h"
#include "protocols/JupyterDecoder.h"
#include "protocols/KubernetesDecoder.h"
#include "protocols/OcppDecoder.h"
#include "protocols/PhoenixDecoder.h"
#include "protocols/SignalRDecoder.h"
#include "protocols/SignalRPackDecoder.h"
#include "protocols/SockJsDecoder.h"
#include "protocols/SocketIoDecoder.h"
#include "protocols/WampDecoder.h"
#include "protocols/XmppDecoder.h"

#include <algorithm>

namespace sockeye {

const std::vector<const Decoder *> &formats()
{
    static const MqttDecoder mqtt;
    static const StompDecoder stomp;
    static const NatsDecoder nats;
    static const SocketIoDecoder socketIo;
    static const EngineIoDecoder engineIo;
    static const SockJsDecoder sockJs;
    static const SignalRDecoder signalR;
    static const SignalRPackDecoder signalRPack;
    static const JsonRpcDecoder jsonRpc;
    static const CdpDecoder cdp;
    static const GraphQlWsDecoder graphQlWs;
    static const WampDecoder wamp;
    static const PhoenixDecoder phoenix;
    static const ActionCableDecoder actionCable;
    static const OcppDecoder ocpp;
    static const XmppDecoder xmpp;
    static const KubernetesDecoder kubernetes;
    static const JupyterDecoder jupyter;
    static const JsonDecoder json;
    static const XmlDecoder xml;
    static const BsonDecoder bson;
    static const CborDecoder cbor;
    static const MsgpackDecoder msgpack;
    static const GzipDecoder gzip;
    static const ZlibStreamDecoder zlibStream;
    static const ZlibDecoder zlib;
    static const ZstdDecoder zstd;
    static const ImageDecoder image;
    static const DeflateDecoder deflate;
    static const BrotliDecoder brotli;
    static const Base64Decoder base64;
    static const HexDecoder hex;
    static const FormDecoder form;
    static const RecordsDecoder grpcWeb(RecordPrefix::GrpcWeb);
    static const RecordsDecoder recordsU32Big(RecordPrefix::U32Big);
    static const RecordsDecoder recordsU32Little(RecordPrefix::U32Little);
    static const RecordsDecoder recordsU16Big(RecordPrefix::U16Big);
    static const RecordsDecoder recordsU16Little(RecordPrefix::U16Little);
    static const RecordsDecoder recordsVarint(RecordPrefix::Varint);
    static const RecordsDecoder recordsU8(RecordPrefix::U8);
    static const ProtobufDecoder protobuf;
    // clang-format off
    static const std::vector<const Decoder *> all{
        // What a conversation says of bytes that would be anything without it.
        &zlibStream,
        // What protocols say that speak JSON or MessagePack, before these themselves.
        &mqtt,
        &stomp,
        &nats,
        &socketIo,
        &engineIo,
        &sockJs,
        &signalR,
        &signalRPack,
        &jsonRpc,
        &cdp,
        &graphQlWs,
        &wamp,
        &phoenix,
        &actionCable,
        &ocpp,
        &xmpp,
        &kubernetes,
        &jupyter,
        &json,
        &xml,
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
        &hex,
        &form,
        &grpcWeb,
        &recordsU32Big,
        &recordsU32Little,
        &recordsU16Big,
        &recordsU16Little,
        &recordsVarint,
        &recordsU8,
        // Nearly anything may be one.
        &protobuf,
    };
    // clang-format on
    return all;
}

const std::vector<const Decoder *> &textFormats()
{
    return textDecoders();
}

const Decoder *formatOf(QStringView id)
{
    const auto hasId = [id](const Decoder *format) { return format->id() == id; };
    for (const auto *all : {&formats(), &textFormats()}) {
        if (const auto found = std::ranges::find_if(*all, hasId); found != all->end())
            return *found;
    }
    return nullptr;
}

const Decoder *conversationFormat(const ConnectionFacts &facts)
{
    const auto found =
        std::ranges::find_if(formats(), [&facts](const Decoder *format) { return format->isConversation(facts); });
    return found == formats().end() ? nullptr : *found;
}

const Decoder *conversationFormat(QStringView subprotocol)
{
    return conversationFormat(ConnectionFacts{subprotocol.toString()});
}

const Decoder *spokenFormat(const ConnectionFacts &facts)
{
    const auto found =
        std::ranges::find_if(formats(), [&facts](const Decoder *format) { return format->isSpoken(facts); });
    return found == formats().end() ? nullptr : *found;
}

} // namespace sockeye
