#!/usr/bin/perl
# Mojolicious (Mojo::UserAgent) over the cases of ../odd_server.py: mojo.pl PORT CASE[:PROTOCOL,...]...
use strict;
use warnings;
use Mojo::IOLoop;
use Mojo::UserAgent;

$| = 1;
my $port = shift;

sub say_words { my $line = join ' ', grep { defined } @_; $line =~ s/[\r\n]/ /g; print "$line\n" }

for my $word (@ARGV) {
    my ($name, $offered) = split /:/, $word;
    say_words('begin', $name);
    my $ua = Mojo::UserAgent->new(inactivity_timeout => 0);
    my $limit = Mojo::IOLoop->timer(4 => sub { say_words('timeout'); Mojo::IOLoop->stop });
    # It compresses where the program asks for it by its own header, and never offers it by itself.
    $ua->websocket(
        "ws://127.0.0.1:$port/$name" => {'Sec-WebSocket-Extensions' => 'permessage-deflate'} =>
          [split /,/, $offered // ''] => sub {
            my (undef, $tx) = @_;
            if (!$tx->is_websocket) {
                my $error = $tx->error;
                say_words('error', $error ? $error->{message} : 'the handshake failed');
                return Mojo::IOLoop->stop;
            }
            $tx->on(error  => sub { say_words('error', $_[1]) });
            $tx->on(text   => sub { say_words('text', $_[1]); $_[0]->finish(1000) if $_[1] eq 'after' });
            $tx->on(finish => sub { say_words('close', $_[1] // 1005, $_[2]); Mojo::IOLoop->stop });
        }
    );
    Mojo::IOLoop->start;
    Mojo::IOLoop->remove($limit);
    say_words('end');
}
