#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// gzip (RFC 1952), also of several members. What it holds is decoded by its content.
class GzipDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("gzip"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("gzip"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

/// zlib (RFC 1950), also a stream's first message that ends with a flush.
class ZlibDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("zlib"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("zlib"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

/// Bare deflate (RFC 1951): nothing in it says so, so somebody has to.
class DeflateDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("deflate"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("deflate"); }
    [[nodiscard]] Certainty probe(const DecodeInput &) const override { return Certainty::None; }
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

/// Zstandard (RFC 8878), also of several frames.
class ZstdDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("zstd"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Zstandard"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

/// Brotli (RFC 7932): nothing in it says so, so somebody has to.
class BrotliDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("brotli"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Brotli"); }
    [[nodiscard]] Certainty probe(const DecodeInput &) const override { return Certainty::None; }
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
